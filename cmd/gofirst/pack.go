package main

import (
	"errors"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/gofirst/gofirst/playbooks"
)

// packCmd writes what a works council or a data protection officer asks for before anything is installed.
type packCmd struct {
	configured
	Out      string `default:"gofirst-pack" placeholder:"DIR|FILE" help:"The folder to write into, a file that ends in .md or .html, or - for the standard output (${default})."`
	Language string `enum:"en,fr," default:"" help:"Only this one: en or fr."`
	Format   string `enum:"md,html," default:"" help:"Only this one: md or html."`
}

// Help is shown by "gofirst pack --help".
func (c *packCmd) Help() string {
	return `The dossier says, for people who are no engineers, what the bot does here and what for, what it keeps and how long, ` +
		`what it asks the services for, what each playbook does and could do wrong, what is impossible and what is not, and how ` +
		`people use their rights. It is made of the configuration, the playbooks and the adapters' own tables: no service is ` +
		`asked, and no token, database or key is needed or read.

Without --language and --format it writes dossier.en.md, dossier.fr.md, dossier.en.html and dossier.fr.html. A file, and the ` +
		`standard output, take one of them: the configuration's language and Markdown, where nothing else is said. It writes over ` +
		`dossiers of its own, and over nothing else.`
}

// edition is one document: a language and a format, and where it goes.
type edition struct {
	language, format string
	file             string // empty: the standard output
}

// Run writes the documents.
func (c *packCmd) Run(std *stdio) error {
	cfg, err := readConfig(c.Config)
	if err != nil {
		return err
	}
	editions, err := c.editions(cfg.language)
	if err != nil {
		return wrong(err)
	}
	written := packing{std: std}
	for _, e := range editions {
		d, err := dossierOf(cfg, e.language, buildOf(debug.ReadBuildInfo()), std.clock())
		if err != nil {
			return err
		}
		text, err := d.write(e.format)
		if err != nil {
			return err
		}
		written.add(e.file, text)
	}
	return written.finish()
}

// editions are the documents that are asked for. speaks is the language of the configuration.
func (c *packCmd) editions(speaks string) ([]edition, error) {
	language, format := c.Language, c.Format
	ending := strings.TrimPrefix(filepath.Ext(c.Out), ".")
	isFile := slices.Contains(formats(), ending)
	switch {
	case isFile && format != "" && format != ending:
		return nil, errors.New("--out and --format do not agree: the file ends in ." + ending)
	case isFile:
		format = ending
	}
	if c.Out == "-" || isFile {
		e := edition{language: orElse(language, speaks), format: orElse(format, "md")}
		if isFile {
			e.file = c.Out
		}
		return []edition{e}, nil
	}
	var all []edition
	for _, f := range formats() {
		for _, l := range playbooks.Languages {
			if (format == "" || f == format) && (language == "" || l == language) {
				all = append(all, edition{l, f, filepath.Join(c.Out, "dossier."+l+"."+f)})
			}
		}
	}
	return all, nil
}

func formats() []string { return []string{"md", "html"} }

func orElse(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
