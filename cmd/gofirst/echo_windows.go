package main

import (
	"os"

	"golang.org/x/sys/windows"
)

// hideEcho keeps what is typed from being shown, until show is called. Where that cannot be had, it is shown.
func hideEcho(f *os.File) (show func()) {
	console := windows.Handle(f.Fd())
	var before uint32
	if windows.GetConsoleMode(console, &before) != nil {
		return func() {}
	}
	if windows.SetConsoleMode(console, before&^windows.ENABLE_ECHO_INPUT) != nil {
		return func() {}
	}
	return func() { _ = windows.SetConsoleMode(console, before) }
}
