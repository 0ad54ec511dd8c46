// Package chat is the vocabulary that the engine and every chat service share: people, places,
// events, messages, reasons, and what an adapter promises. With it a reader can write an adapter
// without knowing the engine, and read the engine without knowing a service.
//
// It holds no behaviour beyond small questions about its own values. It never talks to a network,
// never reads a clock, and knows no service by name.
package chat
