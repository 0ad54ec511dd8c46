package export

import "bufio"

// lines reads a file line by line; a line may be long, since a post carries its replies.
type lines struct {
	r      *bufio.Reader
	buf    []byte
	number int   // of the line last read, from 1
	read   int64 // bytes so far
}

// next gives a line until the call after; errTooBig for one that is passed over, io.EOF with the last one.
func (l *lines) next() ([]byte, error) {
	l.buf = l.buf[:0]
	l.number++
	tooBig := false
	for {
		part, err := l.r.ReadSlice('\n')
		l.read += int64(len(part))
		tooBig = tooBig || len(l.buf)+len(part) > maxDayFile
		if !tooBig {
			l.buf = append(l.buf, part...)
		}
		switch {
		case err == bufio.ErrBufferFull:
		case err != nil && !tooBig:
			return l.buf, err
		case tooBig:
			return nil, errTooBig
		default:
			return l.buf, nil
		}
	}
}
