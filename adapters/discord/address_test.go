package discord

import "testing"

func TestGatewayAddress(t *testing.T) {
	t.Parallel()
	for at, want := range map[string]string{
		"wss://gateway.example":                       "wss://gateway.example/?v=10&encoding=json",
		"wss://gateway.example/":                      "wss://gateway.example/?v=10&encoding=json",
		"ws://host:1/a%2Fb/?z=1%2F2&y&v=9&encoding=x": "ws://host:1/a%2Fb/?z=1%2F2&y&v=10&encoding=json",
		"https://host/":                               "",
		"wss://":                                      "",
		"::":                                          "",
	} {
		if got, ok := gatewayAddress(at); got != want || ok != (want != "") {
			t.Errorf("%q becomes %q (%v), want %q", at, got, ok, want)
		}
	}
}
