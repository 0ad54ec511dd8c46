package main

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofirst/gofirst/playbooks"
)

// newCmd makes something of one's own to start from.
type newCmd struct {
	Playbook newPlaybookCmd `cmd:"" help:"Write a playbook that works, with its transcripts, to make one's own from." example:"gofirst new playbook weekly-start"`
}

// newPlaybookCmd writes a playbook and what goes with it.
type newPlaybookCmd struct {
	configured
	Name     string `arg:"" help:"What it is called: small letters, digits and single hyphens."`
	Folder   string `placeholder:"DIR" help:"Where to. Otherwise the configuration's \"folder:\", or playbooks."`
	Language string `enum:"en,fr" default:"en" help:"Of the comments and of the transcripts: en or fr. What the bot says is there in both."`
}

// Help is shown by "gofirst new playbook --help".
func (c *newPlaybookCmd) Help() string {
	return `It writes FOLDER/NAME.yaml, FOLDER/testdata/NAME.txt, and, where it is not there, FOLDER/playbook.schema.json for ` +
		`editors. It never overwrites. What it writes passes "gofirst check" and "gofirst test": change it a little at a time.`
}

//go:embed new/*
var newTexts embed.FS

// Run writes all of it, or nothing.
func (c *newPlaybookCmd) Run(std *stdio) error {
	if err := c.checkName(); err != nil {
		return wrong(err)
	}
	folder, err := c.folder()
	if err != nil {
		return wrong(err)
	}
	files, err := c.files(folder)
	if err != nil {
		return err
	}
	for _, f := range files {
		if exists(f.name) && f.name != filepath.Join(folder, schemaFile) {
			return wrong(fmt.Errorf("%s is there already, and stays as it is; nothing was written. Choose another name", f.name))
		}
	}
	if err := os.MkdirAll(filepath.Join(folder, "testdata"), 0o755); err != nil {
		return err
	}
	for _, f := range files {
		if err := c.write(std, f); err != nil {
			return err
		}
	}
	_, err = fmt.Fprint(std.out, c.nextSteps(folder))
	return err
}

func (c *newPlaybookCmd) checkName() error {
	if !playbooks.IsID(c.Name) {
		return fmt.Errorf("a playbook's name is made of small letters, digits and single hyphens, such as weekly-start, not %q", c.Name)
	}
	if _, err := playbooks.Source(c.Name); err == nil {
		return fmt.Errorf("%s comes with gofirst, and a playbook of yours with that name would take its place; choose another name", c.Name)
	}
	return nil
}

// folder is where a configuration would find it. Of the configuration nothing else has to be right.
func (c *newPlaybookCmd) folder() (string, error) {
	if c.Folder != "" {
		return filepath.Clean(c.Folder), nil
	}
	cfg := newConfig(c.Config)
	_, root, err := readDocument(c.Config)
	if errors.Is(err, fs.ErrNotExist) && c.Config == "gofirst.yaml" {
		return ownFolder, nil
	}
	if err != nil {
		return "", fmt.Errorf("%w\n--folder DIR names a folder without it", err)
	}
	for _, f := range root.fields() {
		if text, ok := f.value.text(); ok && f.key == "folder" {
			return cfg.path(text), nil
		}
	}
	return cfg.path(ownFolder), nil
}

// schemaFile is what the first line of a new playbook names.
const schemaFile = "playbook.schema.json"

// files are what is written, in this order.
func (c *newPlaybookCmd) files(folder string) ([]written, error) {
	schema, err := playbooks.Schema()
	if err != nil {
		return nil, err
	}
	files := []written{
		{filepath.Join(folder, c.Name+".yaml"), "the playbook; begin with its texts", 0o644, nil},
		{filepath.Join(folder, "testdata", c.Name+".txt"), "conversations as they should go, which test it", 0o644, nil},
		{filepath.Join(folder, schemaFile), "what editors check it by", 0o644, schema},
	}
	for i, ending := range []string{".yaml", ".txt"} {
		text, err := newTexts.ReadFile("new/playbook." + c.Language + ending)
		if err != nil {
			return nil, err
		}
		fill := strings.NewReplacer("NAME", c.Name, "FOLDER", folder, "FILE", files[0].name)
		files[i].text = []byte(fill.Replace(string(text)))
	}
	return files, nil
}

// write writes a file; a schema that is there stays as it is.
func (c *newPlaybookCmd) write(std *stdio, f written) error {
	err := f.write(f.name)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(std.out, "Wrote %s: %s.\n", f.name, f.about)
	return err
}

// nextSteps are the three commands to type next, as they work from here.
func (c *newPlaybookCmd) nextSteps(folder string) string {
	config := ""
	if c.Config != "gofirst.yaml" {
		config = " --config " + c.Config
	}
	beside := ""
	if c.Folder != "" {
		beside = " --folder " + folder
	}
	lines := [][2]string{
		{"gofirst check " + folder, "finds mistakes in it, and says what it costs in attention."},
		{"gofirst test " + folder, "plays its conversations."},
		{"gofirst explain" + cmp.Or(config, beside) + " --playbook " + c.Name, "lets a made-up week pass, and says who would read what, and why."},
	}
	var b strings.Builder
	b.WriteString("\nNext:\n")
	for i, l := range lines {
		fmt.Fprintf(&b, "  %d. %s\n     %s\n", i+1, l[0], l[1])
	}
	return b.String()
}
