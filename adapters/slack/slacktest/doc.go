// Package slacktest is a stand-in for Slack: the Web API, Socket Mode and the Events API over HTTP, on loopback. It is
// written from Slack's documentation and refuses what Slack refuses, with Slack's names for it. Tests tell it what
// people do, and ask it what people see.
//
// It shares no code with the adapter and none with Slack's client libraries, so that neither's errors are repeated
// here. Its people and rooms are invented.
package slacktest
