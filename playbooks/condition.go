package playbooks

import (
	"fmt"
	"strings"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/vm"
)

// maxNodes bounds a condition: a sentence, not a program.
const maxNodes = 100

// memoryBudget bounds what a condition may allocate while it runs, in expr's units.
const memoryBudget = 10_000

// Condition is a checked expression over Facts.
type Condition struct {
	Source  string
	program *vm.Program
	needs   Needs
}

// parseCondition checks the types and the size of an expression. The error is one line; column counts from 1
// within the source, 0 where it is unknown.
func parseCondition(source string, settings []Setting) (c *Condition, column int, err error) {
	program, err := expr.Compile(source, expr.Env(Facts{}), expr.AsBool(), expr.MaxNodes(maxNodes), expr.DisableAllBuiltins())
	if err != nil {
		message, column := splitExprError(err)
		return nil, column, fmt.Errorf("%s", message)
	}
	names := &names{}
	for _, s := range settings {
		names.settings = append(names.settings, s.Name)
	}
	node := program.Node()
	ast.Walk(&node, names)
	if names.err != nil {
		return nil, names.column, names.err
	}
	return &Condition{Source: source, program: program, needs: names.needs}, 0, nil
}

// Holds evaluates the condition.
func (c *Condition) holds(f *Facts) (bool, error) {
	machine := vm.VM{MemoryBudget: memoryBudget}
	out, err := machine.Run(c.program, *f)
	if err != nil {
		return false, err
	}
	b, _ := out.(bool)
	return b, nil
}

// splitExprError takes the message and the column out of expr's error, which reads "message (1:7)\n | excerpt".
func splitExprError(err error) (string, int) {
	first, _, _ := strings.Cut(err.Error(), "\n")
	open := strings.LastIndex(first, " (")
	if open < 0 {
		return first, 0
	}
	var line, column int
	if _, scan := fmt.Sscanf(first[open:], " (%d:%d)", &line, &column); scan != nil {
		return first, 0
	}
	return first[:open], column
}

// names collects which facts an expression reads, and refuses what it may not name.
type names struct {
	settings []string
	needs    Needs
	err      error
	column   int // of what is refused, from 1
}

var needOf = map[string]Needs{
	"author": NeedAuthor, "leader": NeedLeader, "receiver": NeedReceiver, "room": NeedRoom, "question": NeedQuestion,
	"act": NeedAct, "items": NeedItems,
}

// needOfMember are facts that take more to find than the others of their kind.
var needOfMember = map[string]Needs{
	"visiting": NeedHome, "thanked_days": NeedThanks, "celebrated": NeedThanks, "open": NeedOpen, "leaders": NeedLeaders,
}

// Visit is called by expr's walker for every node.
func (n *names) Visit(node *ast.Node) {
	switch node := (*node).(type) {
	case *ast.IdentifierNode:
		n.needs |= needOf[node.Value]
	case *ast.MemberNode:
		base, isName := node.Node.(*ast.IdentifierNode)
		key, isText := node.Property.(*ast.StringNode)
		if isText {
			n.needs |= needOfMember[key.Value]
		}
		if isName && isText && base.Value == "settings" && !contains(n.settings, key.Value) {
			n.refuse(key, "there is no setting %q%s", key.Value, didYouMean(key.Value, n.settings))
		}
	case *ast.BuiltinNode: // all, any, filter, …: loops, which no budget bounds
		n.refuse(node, "there are no functions here, and so no %s", node.Name)
	}
}

func (n *names) refuse(node ast.Node, format string, args ...any) {
	n.err, n.column = fmt.Errorf(format, args...), node.Location().From+1
}
