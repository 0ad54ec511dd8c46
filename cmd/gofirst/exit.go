package main

import "errors"

// What the process says at its end; the help documents it.
const (
	exitDone   = 0
	exitFailed = 1 // it could not be done
	exitWrong  = 2 // wrong use, or wrong configuration
	exitFound  = 3 // problems were found by the commands that look for them
)

// failure is an error with an exit code of its own.
type failure struct {
	code int
	err  error
}

func (f *failure) Error() string { return f.err.Error() }

func (f *failure) Unwrap() error { return f.err }

// wrong marks a mistake in what was typed or configured.
func wrong(err error) error { return &failure{exitWrong, err} }

// found ends a command that found problems and has shown them.
func found() error { return &failure{exitFound, errors.New("")} }
