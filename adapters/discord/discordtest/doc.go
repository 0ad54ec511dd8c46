// Package discordtest is a stand-in for Discord: an HTTP and gateway server on loopback in which a test, or a
// rehearsal on one machine, lets people talk, press and command, and sees what a bot makes of it. It is written from
// the service's documents and refuses what the service refuses, with the service's own errors.
//
// It is not a Discord: it keeps everything in memory, knows only what bots like ours use, and never leaves the machine.
package discordtest
