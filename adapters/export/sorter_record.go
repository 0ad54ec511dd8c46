package export

import (
	"encoding/binary"
	"errors"
	"math/bits"
)

// appendRecord encodes a record: its length, then its numbers as varints and its strings with their lengths.
func appendRecord(dst []byte, r mmRecord) []byte {
	var scratch [10 * binary.MaxVarintLen64]byte
	b := scratch[:0]
	for _, n := range [...]int64{r.ms, r.seq, int64(r.kind), flag(r.program), int64(r.files), r.root.ms, r.root.seq, r.target.ms, r.target.seq} {
		b = binary.AppendVarint(b, n)
	}
	words := [...]string{r.team, r.channel, r.user, r.root.user, r.target.user, r.text}
	length := len(b)
	for _, w := range words {
		length += (bits.Len(uint(len(w))|1)+6)/7 + len(w)
	}
	dst = append(binary.AppendUvarint(dst, uint64(length)), b...)
	for _, w := range words {
		dst = append(binary.AppendUvarint(dst, uint64(len(w))), w...)
	}
	return dst
}

// errRecord can only mean that the temporary file was touched by somebody else.
var errRecord = errors.New("the temporary file is damaged")

// decodeRecord is the inverse of appendRecord.
func decodeRecord(b []byte) (mmRecord, error) {
	n, used := binary.Uvarint(b)
	if used <= 0 || n != uint64(len(b)-used) {
		return mmRecord{}, errRecord
	}
	return decodeBody(b[used:])
}

// decodeBody decodes what follows the length.
func decodeBody(b []byte) (r mmRecord, err error) {
	var kind, program, files int64
	for _, n := range [...]*int64{&r.ms, &r.seq, &kind, &program, &files, &r.root.ms, &r.root.seq, &r.target.ms, &r.target.seq} {
		v, used := binary.Varint(b)
		if used <= 0 {
			return r, errRecord
		}
		*n, b = v, b[used:]
	}
	all := string(b)
	for _, w := range [...]*string{&r.team, &r.channel, &r.user, &r.root.user, &r.target.user, &r.text} {
		n, used := binary.Uvarint([]byte(all[:min(len(all), binary.MaxVarintLen64)]))
		if used <= 0 || n > uint64(len(all)-used) {
			return r, errRecord
		}
		*w, all = all[used:used+int(n)], all[used+int(n):]
	}
	r.kind, r.program, r.files = mmKind(kind), program != 0, int(files)
	return r, nil
}

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
