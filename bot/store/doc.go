// Package store is what the bot remembers: places and people, messages without their words, questions,
// watches, deliveries, roles, settings, and the acts that people asked to have recorded. With it a reader
// can run a turn as one transaction, ask what is due, forget a person, and see what the bot keeps.
//
// It decides nothing, reads no clock and speaks to no service. It never holds what a person wrote, except
// words given to the bot for that purpose, and it never holds a user's account name in the clear.
//
// Times are unix microseconds in the tables and UTC in the API; the zero time means "none". An id of 0
// means "none". A connection ("conn") is the name that the configuration gives to one adapter.
package store
