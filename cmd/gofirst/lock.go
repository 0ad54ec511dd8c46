package main

import (
	"errors"
	"fmt"
)

// errLocked says that another process has the lock.
var errLocked = errors.New("locked")

// lock keeps a file to this process, by a lock on "FILE.lock", which stays behind. The system lets go of it with
// the process, however that ends.
func lock(path string) (unlock func() error, err error) {
	f, err := openLocked(path + ".lock")
	if errors.Is(err, errLocked) {
		return nil, fmt.Errorf("%s is in use by another gofirst: stop that one first, or give this one another configuration", path)
	}
	if err != nil {
		return nil, err
	}
	return f.Close, nil
}
