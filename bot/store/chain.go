package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"time"
)

// Link is one entry of the hash chain, which covers what stewards changed and what coins were committed to.
// Each hash covers the one before, so that nothing can be changed, taken out or put in unnoticed. Data names
// cells by random ids and no person, so that forgetting breaks no link.
type Link struct {
	ID   int64
	At   time.Time
	Kind string
	Data string
	Prev []byte // the hash before; empty for the first link
	Hash []byte
}

const selectLink = `SELECT id, at, kind, data, prev, hash FROM chain `

func scanLink(r scanner) (Link, error) {
	var l Link
	err := r.Scan(&l.ID, moment{&l.At}, &l.Kind, &l.Data, &l.Prev, &l.Hash)
	return l, err
}

// sum is SHA-256 over prev, the time in microseconds, kind and data, each with its length before it.
// It needs no key, so that anybody who has the chain can verify it.
func (l Link) sum() []byte {
	at := binary.BigEndian.AppendUint64(nil, uint64(micros(l.At)))
	h := sha256.New()
	for _, part := range [][]byte{l.Prev, at, []byte(l.Kind), []byte(l.Data)} {
		h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(part))))
		h.Write(part)
	}
	return h.Sum(nil)
}

// Append adds a link to the chain.
func (t *Tx) Append(kind, data string, at time.Time) (Link, error) {
	last, _, err := first(t, "append", scanLink, selectLink+`ORDER BY id DESC LIMIT 1`)
	if err != nil {
		return Link{}, err
	}
	l := Link{At: stored(at), Kind: kind, Data: data, Prev: append([]byte{}, last.Hash...)}
	l.Hash = l.sum()
	l.ID, _, err = t.insert("append", `INSERT INTO chain (at, kind, data, prev, hash) VALUES ($1, $2, $3, $4, $5)
		RETURNING id`, micros(l.At), l.Kind, l.Data, l.Prev, l.Hash)
	return l, err
}

// Links gives the links of a kind, or all where it is empty, in order.
func (t *Tx) Links(kind string) ([]Link, error) {
	return list(t, "links", scanLink, selectLink+`WHERE ($1 = '' OR kind = $1) ORDER BY id`, kind)
}

// Verify goes through the whole chain and says how many links hold; the error names the first that does not.
func (t *Tx) Verify() (n int, err error) {
	all, err := t.Links("")
	if err != nil {
		return 0, err
	}
	var prev []byte
	for n, l := range all {
		if !bytes.Equal(l.Prev, prev) || !bytes.Equal(l.Hash, l.sum()) {
			return n, fmt.Errorf("verify chain: link %d (%s) does not follow from the ones before it", l.ID, l.Kind)
		}
		prev = l.Hash
	}
	return len(all), nil
}
