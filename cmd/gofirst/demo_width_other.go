//go:build !unix

package main

import "io"

// terminalWidth is how many columns a terminal has: unknown here.
func terminalWidth(_ io.Writer, otherwise int) int { return otherwise }
