# One static binary in an empty image: no shell, no package manager, not root.
#
#   docker build -t gofirst .
#   docker run --rm -v gofirst:/data gofirst init
#   docker run --detach --read-only --cap-drop=ALL -v gofirst:/data --tmpfs /tmp gofirst

FROM --platform=$BUILDPLATFORM golang:1.26.8-trixie AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG TARGETOS TARGETARCH VERSION= COMMIT=
RUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go build -trimpath -buildvcs=false \
        -ldflags="-s -w -X main.version=$VERSION -X main.commit=$COMMIT" -o /image/gofirst ./cmd/gofirst

# The licences of all that is inside go with it.
RUN mkdir -p /image/licenses && cp LICENSE /image/licenses/gofirst && cp "$(go env GOROOT)/LICENSE" /image/licenses/go \
    && GOOS=$TARGETOS GOARCH=$TARGETARCH go list -deps -f '{{with .Module}}{{if .Version}}{{.Path}} {{.Dir}}{{end}}{{end}}' \
        ./cmd/gofirst > /modules \
    && sort -u /modules | while read -r module dir; do \
        mkdir -p "/image/licenses/$module" \
        && find "$dir" -maxdepth 1 \( -iname 'licen[cs]e*' -o -iname 'copying*' -o -iname 'notice*' \) \
            -exec cp -rt "/image/licenses/$module" {} + || exit 1; \
    done
RUN mkdir -p /empty/data /empty/tmp

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /image/ /
COPY --from=build --chown=65532:65532 /empty/ /
USER 65532:65532
WORKDIR /data
VOLUME /data
# The doors, where a service calls the bot: set listen: 0.0.0.0:8321 in gofirst.yaml, and publish it to the web server.
EXPOSE 8321
ENTRYPOINT ["/gofirst"]
CMD ["serve", "--config", "/data/gofirst.yaml"]
