package slack_test

import (
	"testing"

	"go.uber.org/goleak"
)

// Connections that net/http keeps for the next request are no leak.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreTopFunction("net/http.(*persistConn).readLoop"), goleak.IgnoreTopFunction("net/http.(*persistConn).writeLoop"))
}
