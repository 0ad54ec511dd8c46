// Package mattermosttest is a stand-in for a Mattermost server: a real HTTP and websocket server on the loopback
// interface, written from the service's documents. It refuses what the service refuses, in the same words.
//
// It knows one bot account; people act through methods of Server. It imports neither the adapter nor the service's
// own library, so that what both believe is tried against what is written.
package mattermosttest
