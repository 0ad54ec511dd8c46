package store

import (
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// RoleState says how far a person and a role have come.
type RoleState string

// Only Accepted makes a person addressable in a role.
const (
	Candidate RoleState = "candidate" // named by a group or a setting
	Asked     RoleState = "asked"     // once
	Accepted  RoleState = "accepted"
	Removed   RoleState = "removed" // no longer named, or left
	Declined  RoleState = "declined"
)

// Role is what a person is in a space.
type Role struct {
	Conn   string
	Space  chat.SpaceID
	Person PersonID
	Role   string
	State  RoleState
	Since  time.Time
}

const selectRole = `SELECT conn, space, person, role, state, since FROM roles `

func scanRole(r scanner) (Role, error) {
	var x Role
	err := r.Scan(&x.Conn, &x.Space, &x.Person, &x.Role, &x.State, moment{&x.Since})
	return x, err
}

// SetRole writes a role, replacing its state and time.
func (t *Tx) SetRole(r Role) error {
	t.memory.keeps = nil
	_, err := t.exec("set role", `INSERT INTO roles (conn, space, person, role, state, since)
		VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (conn, space, role, person) DO UPDATE SET state = excluded.state, since = excluded.since`,
		r.Conn, string(r.Space), int64(r.Person), r.Role, string(r.State), micros(r.Since))
	return err
}

// Role gives how a person stands to a role.
func (t *Tx) Role(conn string, space chat.SpaceID, person PersonID, role string) (Role, bool, error) {
	return first(t, "role", scanRole, selectRole+`WHERE conn = $1 AND space = $2 AND role = $3 AND person = $4`,
		conn, string(space), role, int64(person))
}

// RolesOf gives all roles of a person, in every state.
func (t *Tx) RolesOf(person PersonID) ([]Role, error) {
	return list(t, "roles", scanRole, selectRole+`WHERE person = $1 ORDER BY conn, space, role`, int64(person))
}

// RoleMembers gives the people who have a role in a state, the longest standing first.
func (t *Tx) RoleMembers(conn string, space chat.SpaceID, role string, state RoleState) ([]PersonID, error) {
	return list(t, "role members", func(r scanner) (id PersonID, err error) {
		err = r.Scan(&id)
		return id, err
	}, `SELECT person FROM roles WHERE conn = $1 AND space = $2 AND role = $3 AND state = $4 ORDER BY since, person`,
		conn, string(space), role, string(state))
}
