// Package question answers what can be told about a question from words alone: whether a message asks
// something and seeks help (Detect), whether a reply answers (Answers), whether the asker is content
// (Closes), how long to wait for somebody to answer by themselves (Waiter), which others it looks like
// (Terms, Rank), and how well the first of these holds on labelled messages (Evaluate). English and French.
//
// It is pure: it keeps nothing of what it reads, knows no channel and no person, and never sends anything.
// Only Evaluate looks at a clock, to tell what Detect costs.
package question
