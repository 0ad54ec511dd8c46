//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd || windows)

package main

import "os"

// hideEcho hides nothing: on this system what is typed is shown.
func hideEcho(*os.File) (show func()) { return func() {} }
