package store

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// ActQuery selects acts. A zero field does not select.
type ActQuery struct {
	Conn     string
	Space    chat.SpaceID
	Kinds    []string
	Practice string
	Place    PlaceID
	Author   PersonID
	Receiver PersonID
	Since    time.Time // included
	Until    time.Time // not included
	Undone   bool      // also those taken back
	Limit    int
}

// Acts gives the acts that a query selects, newest first.
func (t *Tx) Acts(q ActQuery) ([]Act, error) {
	c := q.conditions()
	query := selectAct + "WHERE " + strings.Join(c.all, " AND ") + " ORDER BY at DESC, id DESC"
	if q.Limit > 0 && q.Receiver == 0 {
		query += most(q.Limit)
	}
	found, err := list(t, "acts", scanAct, query, c.args...)
	if err != nil || q.Receiver == 0 {
		return found, err
	}
	found = slices.DeleteFunc(found, func(a Act) bool { return !slices.Contains(a.Receivers, q.Receiver) })
	if q.Limit > 0 {
		found = found[:min(q.Limit, len(found))]
	}
	return found, nil
}

// conditions names only the columns that select, so that the database can use the index that fits.
func (q ActQuery) conditions() conditions {
	var c conditions
	c.add(true, "at >= ", micros(q.Since))
	c.add(!q.Until.IsZero(), "at < ", micros(q.Until))
	c.add(q.Conn != "", "conn = ", q.Conn)
	c.add(q.Space != "", "space = ", string(q.Space))
	c.add(q.Place != 0, "place = ", int64(q.Place))
	c.add(q.Author != 0, "author = ", int64(q.Author))
	c.add(q.Practice != "", "practice = ", q.Practice)
	if len(q.Kinds) > 0 {
		kinds := make([]string, len(q.Kinds))
		for i, kind := range q.Kinds {
			kinds[i] = c.arg(kind)
		}
		c.all = append(c.all, "kind IN ("+strings.Join(kinds, ", ")+")")
	}
	if !q.Undone {
		c.all = append(c.all, "undone IS NULL")
	}
	return c
}

// conditions of a WHERE, with their arguments.
type conditions struct {
	all  []string
	args []any
}

func (c *conditions) add(set bool, condition string, value any) {
	if set {
		c.all = append(c.all, condition+c.arg(value))
	}
}

// arg adds an argument and gives its placeholder.
func (c *conditions) arg(value any) string {
	c.args = append(c.args, value)
	return "$" + strconv.Itoa(len(c.args))
}

// ActTree is an act with all that was made after it, as far as people said so.
type ActTree struct {
	Act     Act
	Adopted []ActTree
}

// Chains gives the acts of a space since then after which something was made, as trees, oldest first. An act
// whose source was undone or lies further back is a root.
func (t *Tx) Chains(conn string, space chat.SpaceID, since time.Time) ([]ActTree, error) {
	acts, err := t.Acts(ActQuery{Conn: conn, Space: space, Since: since})
	if err != nil {
		return nil, err
	}
	slices.Reverse(acts)
	known := map[int64]bool{}
	for _, a := range acts {
		known[a.ID] = true
	}
	after := map[int64][]Act{}
	for _, a := range acts {
		if !known[a.Source] || a.Kind != Adopted {
			a.Source = 0
		}
		after[a.Source] = append(after[a.Source], a)
	}
	return growing(after), nil
}

// growing are the trees of the roots from which something grew.
func growing(after map[int64][]Act) []ActTree {
	var trees []ActTree
	for _, root := range after[0] {
		if tree := grow(root, after); len(tree.Adopted) > 0 {
			trees = append(trees, tree)
		}
	}
	return trees
}

func grow(a Act, after map[int64][]Act) ActTree {
	tree := ActTree{Act: a}
	for _, next := range after[a.ID] {
		tree.Adopted = append(tree.Adopted, grow(next, after))
	}
	return tree
}
