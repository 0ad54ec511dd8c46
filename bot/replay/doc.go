// Package replay drives the engine through time that somebody else wrote down: the real history of a workspace
// (rehearse), a transcript (the player), the demo's two weeks. It steps from event to due time to event, so that
// years run in seconds and the same each time.
//
// It takes an adapter as a value and never sends anything to a chat service.
package replay
