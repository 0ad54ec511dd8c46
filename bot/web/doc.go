// Package web lets chat services in: it serves the doors of the adapters over HTTP, each under
// /hooks/CONNECTION/DOOR, and takes nothing there but a POST. Whether a caller is the service is for the door to
// find out; what a stranger can cost is bounded here.
//
// It never logs what a request holds, lists no doors, and knows no service.
package web
