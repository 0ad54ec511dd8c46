package main

import "context"

// onHangup does nothing: there is no SIGHUP here. Who replaces a secret starts serve anew.
func onHangup(context.Context, func()) {}
