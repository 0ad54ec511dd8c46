package mattermost

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/mattermost/mattermost/server/public/model"
)

// sinceLimit is how many posts the server gives at most for a question with "since".
const sinceLimit = 1000

// perPage is how many posts are asked for at once.
const perPage = 200

func cursor(at int64) chat.Cursor { return chat.Cursor(strconv.FormatInt(at, 10)) }

func parseCursors(since map[chat.ChannelID]chat.Cursor) (map[chat.ChannelID]int64, error) {
	after := make(map[chat.ChannelID]int64, len(since))
	for channel, c := range since {
		at, err := strconv.ParseInt(string(c), 10, 64)
		if err != nil || at < 0 {
			return nil, errors.New("a cursor is not mine")
		}
		after[channel] = at
	}
	return after, nil
}

// reread tells what a channel saw after a cursor. Where the server does not answer, or something else does in its
// place, it tries again until ctx is done; a channel that is no longer there, or no longer open to the bot, has nothing
// to tell. Its error is that of the context, or that the server does not know the token.
func (a *Adapter) reread(ctx context.Context, channel string, after int64, tell func(chat.Event) error) error {
	for wait := time.Second; ; wait = min(2*wait, time.Minute) {
		posts, err := a.postsSince(ctx, channel, max(after-overlap.Milliseconds(), 1))
		if err == nil {
			return a.retell(ctx, posts, after, tell)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		switch {
		case denied(err):
			a.log.Warn("a channel cannot be read again", "error", err)
			a.tally.add(chat.Gaps)
			return nil
		case unknownToken(err):
			return err
		}
		var e *chat.Error
		if errors.As(err, &e) {
			wait = max(wait, e.Wait)
		}
		pause(ctx, wait)
	}
}

// postsSince gives the posts of a channel that are new or changed since a time, oldest first. Where these are
// more than the server gives at once, what was posted is read page by page, and what else was changed is a gap.
func (a *Adapter) postsSince(ctx context.Context, channel string, since int64) ([]*model.Post, error) {
	const op = "recover"
	list, answer, err := a.client.GetPostsSince(ctx, channel, since, false)
	if err != nil {
		return nil, failure(op, answer, err)
	}
	all := changed(list, channel, since)
	if !full(list, since) {
		return values(all), nil
	}
	a.tally.add(chat.Gaps)
	if err := a.pagesSince(ctx, channel, since, all); err != nil {
		return nil, err
	}
	return values(all), nil
}

// full says whether the server may have left something out, and then nobody knows what. Former versions of posts
// count too.
func full(list *model.PostList, since int64) bool {
	n := 0
	for _, p := range list.Posts {
		if p != nil && p.UpdateAt > since {
			n++
		}
	}
	return n >= sinceLimit
}

// pagesSince adds all that was posted since a time and stands.
func (a *Adapter) pagesSince(ctx context.Context, channel string, since int64, all map[string]*model.Post) error {
	for page := 0; ; page++ {
		list, answer, err := a.client.GetPostsForChannel(ctx, channel, page, perPage, "", false, false)
		if err != nil {
			return failure("recover", answer, err)
		}
		last := len(list.Order) < perPage
		for _, id := range list.Order {
			if p := list.Posts[id]; p != nil && p.CreateAt > since {
				all[id] = p
			} else {
				last = true
			}
		}
		if last {
			return nil
		}
	}
}

// changed leaves out what the server adds to a list: the roots of threads, and former versions of posts.
func changed(list *model.PostList, channel string, since int64) map[string]*model.Post {
	all := map[string]*model.Post{}
	for id, p := range list.Posts {
		if p != nil && p.UpdateAt > since && p.ChannelId == channel && p.OriginalId == "" {
			all[id] = p
		}
	}
	return all
}

func values(posts map[string]*model.Post) []*model.Post { return slices.Collect(maps.Values(posts)) }

// change is what a post is told as.
type change struct {
	at     int64
	post   *model.Post
	events func(context.Context) []chat.Event
}

// retell tells posts as what they are since a cursor: new, edited or deleted, in the order in which that happened, so
// that no cursor passes what was not told.
func (a *Adapter) retell(ctx context.Context, posts []*model.Post, after int64, tell func(chat.Event) error) error {
	var changes []change
	for _, p := range posts {
		if c, ok := a.changeOf(p, after); ok {
			changes = append(changes, c)
		}
	}
	slices.SortFunc(changes, func(x, y change) int {
		return cmp.Or(cmp.Compare(x.at, y.at), cmp.Compare(x.post.CreateAt, y.post.CreateAt), cmp.Compare(x.post.Id, y.post.Id))
	})
	for _, c := range changes {
		for _, e := range c.events(ctx) {
			if err := tell(e); err != nil {
				return err
			}
		}
	}
	return nil
}

// changeOf says what a post is told as. What was posted and deleted meanwhile never was. A post shortly before the
// cursor is new unless it is known to have been told.
func (a *Adapter) changeOf(p *model.Post, after int64) (change, bool) {
	shortly := after - overlap.Milliseconds()
	_, told := a.told.find(chat.EventID("p" + p.Id))
	switch {
	case p.DeleteAt > 0 && p.CreateAt > after:
		return change{}, false
	case p.DeleteAt > 0:
		return change{p.DeleteAt, p, func(ctx context.Context) []chat.Event { return a.deleted(ctx, p, "") }}, p.DeleteAt > shortly
	case p.CreateAt > after, p.CreateAt > shortly && !told:
		return change{p.CreateAt, p, func(ctx context.Context) []chat.Event { return a.posted(ctx, p, nil) }}, true
	}
	return change{p.EditAt, p, func(ctx context.Context) []chat.Event { return a.edited(ctx, p) }}, p.EditAt > shortly
}
