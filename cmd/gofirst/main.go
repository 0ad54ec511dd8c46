// Command gofirst is a chat-ops bot that helps a collaborative culture spread by example. "gofirst --help" says
// what it can do.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"
	_ "time/tzdata" // zones, where the system has none

	"github.com/alecthomas/kong"
)

// cli is the command line. The tag "example" is shown by the help.
type cli struct {
	Demo     demoCmd     `cmd:"" group:"try" help:"Watch two weeks of an invented team in a minute, then take part." example:"gofirst demo"`
	Rehearse rehearseCmd `cmd:"" group:"try" help:"Play the playbooks over your real history and send nothing." example:"gofirst rehearse export.zip"`
	Manifest manifestCmd `cmd:"" group:"run" help:"Say how the bot is made known to Slack, Discord or Mattermost." example:"gofirst manifest slack > manifest.yaml"`
	Pack     packCmd     `cmd:"" group:"run" help:"Write what a works council or a data protection officer asks for." example:"gofirst pack"`
	Init     initCmd     `cmd:"" group:"run" help:"Write a configuration to start from, and a key." example:"gofirst init slack"`
	Doctor   doctorCmd   `cmd:"" group:"run" help:"Look whether everything is set up as it has to be." example:"gofirst doctor"`
	Serve    serveCmd    `cmd:"" group:"run" help:"Run the bot." example:"gofirst serve"`
	New      newCmd      `cmd:"" group:"write" help:"Write a playbook of your own that works, to go on from." example:"gofirst new playbook weekly-start"`
	Check    checkCmd    `cmd:"" group:"write" help:"Find mistakes in playbooks, and say what each costs in attention." example:"gofirst check playbooks"`
	Test     testCmd     `cmd:"" group:"write" help:"Play transcripts and compare what the bot says." example:"gofirst test playbooks"`
	Explain  explainCmd  `cmd:"" group:"write" help:"Say what the bot would do about a message, and why." example:"gofirst explain \"How do I rotate the key?\""`
	Schema   schemaCmd   `cmd:"" group:"write" help:"Print what editors check playbooks by: a JSON Schema." example:"gofirst schema > playbooks/playbook.schema.json"`
	Evaluate evaluateCmd `cmd:"" group:"measure" help:"Measure how well questions are recognised, on your labels." example:"gofirst evaluate question labels.jsonl"`
	Version  versionCmd  `cmd:"" group:"measure" help:"Say which gofirst this is." example:"gofirst version"`
}

// groups are the headings of the help, in order.
func groups() []kong.Group {
	return []kong.Group{{Key: "try", Title: "Try"}, {Key: "run", Title: "Run"}, {Key: "write", Title: "Write"}, {Key: "measure", Title: "Measure"}}
}

// stdio is what a command reads, writes, and tells the time by.
type stdio struct {
	in       *os.File
	out, err io.Writer
	clock    func() time.Time
}

func main() {
	os.Exit(run(os.Args[1:], &stdio{in: os.Stdin, out: os.Stdout, err: os.Stderr, clock: time.Now}))
}

// run is main with everything given; it returns the exit code. The first signal asks the command to end, the
// second ends the process.
func run(args []string, std *stdio) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	if len(args) == 0 {
		args = []string{"--help"}
	}
	err := command(ctx, args, std)
	if err == nil {
		return exitDone
	}
	if message := err.Error(); message != "" {
		fmt.Fprintln(std.err, "gofirst: "+message)
	}
	var failed *failure
	if errors.As(err, &failed) {
		return failed.code
	}
	return exitFailed
}

func command(ctx context.Context, args []string, std *stdio) error {
	shown := false // the help was: kong goes on parsing after it
	parser, err := kong.New(&cli{},
		kong.Name("gofirst"), kong.Description(about), kong.ExplicitGroups(groups()), kong.Help(help),
		kong.Writers(std.out, std.err), kong.Exit(func(int) { shown = true }),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(std), kong.ConfigureHelp(kong.HelpOptions{WrapUpperBound: 100}))
	if err != nil {
		return err
	}
	chosen, err := parser.Parse(args)
	switch {
	case shown:
		return nil
	case err != nil:
		return wrong(fmt.Errorf("%w; \"gofirst --help\" shows what there is", err))
	}
	return chosen.Run()
}
