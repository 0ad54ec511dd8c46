package main

import (
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

// readURL reads an https address, or an http one of a machine that is near, and gives it without a slash at its
// end: what is sent there are tokens, and what comes from there are people's words.
func readURL(v value, to *string) {
	text, ok := v.text()
	if !ok {
		return
	}
	*to = strings.TrimRight(text, "/")
	if problem := wrongAddress(text); problem != "" {
		v.fail("%s", problem)
	}
}

// wrongAddress says what is wrong with an address that tokens are sent to, or words come from; "" where nothing is.
func wrongAddress(text string) string {
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http":
		return "wants an address such as https://bot.example.org"
	case u.User != nil || u.RawQuery != "" || u.Fragment != "":
		return "wants an address without a name, \"?\" or \"#\" in it"
	case u.Scheme == "http" && !isNear(u.Hostname()):
		return "wants https: http would show tokens and words to everybody on the way"
	}
	return ""
}

// isNear reports whether a host is this machine, or one of a network of one's own.
func isNear(host string) bool {
	if address, err := netip.ParseAddr(host); err == nil {
		return address.IsLoopback() || address.IsPrivate() || address.IsLinkLocalUnicast()
	}
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	for _, end := range []string{".localhost", ".local", ".internal"} {
		if strings.HasSuffix(host, end) {
			return true
		}
	}
	return host != "" && !strings.Contains(host, ".")
}

// readListen reads where the doors are served.
func (c *config) readListen(v value) {
	text, ok := v.text()
	if !ok {
		return
	}
	_, port, err := net.SplitHostPort(text)
	if _, number := strconv.ParseUint(port, 10, 16); err != nil || number != nil {
		v.fail("wants a host and a port, such as 127.0.0.1:8321, or :8321 for all of this machine's addresses")
		return
	}
	c.listen = text
}

// hooks is where the doors of a connection are, seen from the service; empty where it cannot call.
func (c *config) hooks(connection string) string { return hooksUnder(c.url, connection) }

func hooksUnder(url, connection string) string {
	if url == "" {
		return ""
	}
	return url + "/hooks/" + connection
}
