package export

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"slices"
)

// sortMemory is how much of the records is held in memory before they go to the temporary file.
const sortMemory = 8 << 20

// readMemory is what reading all pieces of the temporary file together may take.
const readMemory = 8 << 20

// sorter brings records into the order of time in bounded memory: it sorts piece by piece, keeps the
// pieces in one temporary file, and merges them. The file loses its name at once, so the system removes it
// with the process, whatever happens; a system that does not allow this has it removed by close. Records that
// fit into memory never leave it.
type sorter struct {
	memory int
	buf    []byte
	index  []sortKey
	file   *os.File
	named  bool    // the file still has its name
	pieces []int64 // where each ends in the file
	count  int64
}

// sortKey says where an encoded record lies in the buffer.
type sortKey struct {
	ms, seq  int64
	from, to int
}

func newSorter(memory int) *sorter { return &sorter{memory: memory} }

// add takes one record.
func (s *sorter) add(r mmRecord) error {
	from := len(s.buf)
	s.buf = appendRecord(s.buf, r)
	s.index = append(s.index, sortKey{r.ms, r.seq, from, len(s.buf)})
	s.count++
	if len(s.buf) < s.memory {
		return nil
	}
	return s.spill()
}

// flush ends the adding. What has not been spilled stays in memory only if nothing was.
func (s *sorter) flush() error {
	if s.file == nil {
		s.sort()
		return nil
	}
	return s.spill()
}

func (s *sorter) sort() {
	slices.SortFunc(s.index, func(a, b sortKey) int {
		return cmp.Or(cmp.Compare(a.ms, b.ms), cmp.Compare(a.seq, b.seq))
	})
}

// spill writes the records in memory, sorted, as one more piece.
func (s *sorter) spill() error {
	if len(s.index) == 0 {
		return nil
	}
	if err := s.create(); err != nil {
		return fmt.Errorf("sort by time: %w", err)
	}
	s.sort()
	w := bufio.NewWriterSize(s.file, reach)
	end := int64(len(s.buf))
	if n := len(s.pieces); n > 0 {
		end += s.pieces[n-1]
	}
	for _, k := range s.index {
		if _, err := w.Write(s.buf[k.from:k.to]); err != nil {
			return fmt.Errorf("sort by time: %w", err)
		}
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("sort by time: %w", err)
	}
	s.pieces = append(s.pieces, end)
	s.buf, s.index = s.buf[:0], s.index[:0]
	return nil
}

// create makes the temporary file, readable by this user only, and takes its name away.
func (s *sorter) create() error {
	if s.file != nil {
		return nil
	}
	f, err := os.CreateTemp("", "gofirst-export-*")
	if err != nil {
		return err
	}
	s.file = f
	s.named = os.Remove(f.Name()) != nil
	return nil
}

func (s *sorter) close() {
	if s.file == nil {
		return
	}
	s.file.Close()
	if s.named {
		os.Remove(s.file.Name())
	}
}

// each tells all records in order.
func (s *sorter) each(tell func(mmRecord) error) error {
	if s.file == nil {
		for _, k := range s.index {
			r, err := decodeRecord(s.buf[k.from:k.to])
			if err != nil {
				return err
			}
			if err := tell(r); err != nil {
				return err
			}
		}
		return nil
	}
	return s.merge(tell)
}

// merge tells the records of all pieces in their common order.
func (s *sorter) merge(tell func(mmRecord) error) error {
	var lanes merge[*piece]
	start := int64(0)
	for _, end := range s.pieces {
		part := io.NewSectionReader(s.file, start, end-start)
		p := &piece{r: bufio.NewReaderSize(part, max(4<<10, readMemory/len(s.pieces)))}
		if err := p.next(); err != nil {
			return err
		}
		lanes = append(lanes, p)
		start = end
	}
	lanes.start()
	for len(lanes) > 0 {
		p := lanes[0]
		if err := tell(p.record); err != nil {
			return err
		}
		switch err := p.next(); err {
		case nil:
			lanes.sink(0)
		case io.EOF:
			lanes.drop()
		default:
			return fmt.Errorf("sort by time: %w", err)
		}
	}
	return nil
}

// piece is a sorted part of the temporary file.
type piece struct {
	r      *bufio.Reader
	buf    []byte
	record mmRecord
}

func (p *piece) key() int64 { return p.record.ms }
func (p *piece) rank() int  { return int(p.record.seq) }

// next reads the piece's next record; io.EOF after the last one.
func (p *piece) next() error {
	n, err := binary.ReadUvarint(p.r)
	if err != nil {
		return err
	}
	p.buf = slices.Grow(p.buf[:0], int(n))[:n]
	if _, err := io.ReadFull(p.r, p.buf); err != nil {
		return err
	}
	p.record, err = decodeBody(p.buf)
	return err
}
