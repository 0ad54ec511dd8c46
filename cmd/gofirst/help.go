package main

import (
	"fmt"
	"io"

	"github.com/alecthomas/kong"
)

const about = `gofirst is a chat-ops bot that helps a collaborative culture spread by example: it invites leaders to go
first, sees that no question stays alone, helps people thank each other, and gives back what was learned.
It speaks little, explains itself, and keeps nobody's words.`

const ending = `Each command says more: gofirst COMMAND --help.
Exit codes: 0 done, 1 failed, 2 wrong use or configuration, 3 problems found (check, doctor, init, test).`

// help shows the commands in their groups, each with an example; for one command it leaves the word to kong.
func help(o kong.HelpOptions, ctx *kong.Context) error {
	if node := ctx.Selected(); node != nil {
		if err := kong.DefaultHelpPrinter(o, ctx); err != nil {
			return err
		}
		_, err := fmt.Fprintf(ctx.Stdout, "\nExample:\n  %s\n", node.Tag.Get("example"))
		return err
	}
	fmt.Fprintln(ctx.Stdout, about)
	for _, g := range groups() {
		fmt.Fprintf(ctx.Stdout, "\n%s\n", g.Title)
		for _, node := range ctx.Model.Children {
			if node.Group != nil && node.Group.Key == g.Key {
				helpLine(ctx.Stdout, node)
			}
		}
	}
	_, err := fmt.Fprintf(ctx.Stdout, "\n%s\n", ending)
	return err
}

func helpLine(w io.Writer, node *kong.Node) {
	fmt.Fprintf(w, "  %-9s %s\n  %-9s   %s\n", node.Name, node.Help, "", node.Tag.Get("example"))
}
