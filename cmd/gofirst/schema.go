package main

import "github.com/gofirst/gofirst/playbooks"

// schemaCmd writes what editors check playbooks by.
type schemaCmd struct{}

// Help is shown by "gofirst schema --help".
func (c *schemaCmd) Help() string {
	return `An editor with a YAML language server then completes keys, shows what each is for, and underlines mistakes. ` +
		`"gofirst new playbook" writes it beside the playbooks, and names it in their first line; another editor is told like this:

  # yaml-language-server: $schema=playbook.schema.json

It sees one place of a file at a time: "gofirst check" sees the whole.`
}

// Run prints.
func (c *schemaCmd) Run(std *stdio) error {
	text, err := playbooks.Schema()
	if err != nil {
		return err
	}
	_, err = std.out.Write(text)
	return err
}
