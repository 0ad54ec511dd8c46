package mattermost

import (
	"context"
	"slices"
	"sort"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/mattermost/mattermost/server/public/model"
)

// History tells what was posted since a time, channel by channel.
func (a *Adapter) History(ctx context.Context, since time.Time, sink chat.Sink) error {
	const op = "history"
	if _, err := a.account(ctx, op); err != nil {
		return err
	}
	all, err := a.joined(ctx, op)
	if err != nil {
		return err
	}
	for _, c := range all {
		if c.LastPostAt != 0 && c.LastPostAt < since.UnixMilli() || c.TeamId == "" {
			continue
		}
		if err := a.channelHistory(ctx, op, c, since.UnixMilli(), sink); err != nil {
			return ended(ctx, err)
		}
	}
	return nil
}

// channelHistory finds the page on which a time lies, and goes on from there by the identifier of the last post:
// page numbers shift when somebody posts meanwhile.
func (a *Adapter) channelHistory(ctx context.Context, op string, c *model.Channel, since int64, sink chat.Sink) error {
	posts, err := a.pageOf(ctx, op, c.Id, since)
	for err == nil && len(posts) > 0 {
		for _, p := range posts {
			if p.CreateAt < since {
				continue
			}
			if err := a.tellPast(ctx, p, c, sink); err != nil {
				return err
			}
		}
		posts, err = a.postsAfter(ctx, op, c.Id, posts[len(posts)-1].Id)
	}
	return err
}

func (a *Adapter) tellPast(ctx context.Context, p *model.Post, c *model.Channel, sink chat.Sink) error {
	for _, e := range a.posted(ctx, p, c) {
		if m, ok := e.(chat.MessagePosted); ok {
			m.Cursor = ""
			if err := sink(ctx, m); err != nil {
				return err
			}
		}
	}
	return ctx.Err()
}

// pageOf gives the posts of the first page, counted from the latest, that reaches back to a time.
func (a *Adapter) pageOf(ctx context.Context, op, channel string, since int64) ([]*model.Post, error) {
	var failure error
	reaches := func(page int) bool {
		posts, err := a.page(ctx, op, channel, page)
		if err != nil {
			failure = err
			return true
		}
		return len(posts) < perPage || posts[0].CreateAt < since
	}
	limit := 1
	for !reaches(limit - 1) {
		limit *= 2
	}
	page := sort.Search(limit-1, reaches)
	if failure != nil {
		return nil, failure
	}
	posts, err := a.page(ctx, op, channel, page)
	if err == nil && len(posts) == 0 && page > 0 {
		return a.page(ctx, op, channel, page-1)
	}
	return posts, err
}

func (a *Adapter) page(ctx context.Context, op, channel string, page int) ([]*model.Post, error) {
	list, answer, err := a.client.GetPostsForChannel(ctx, channel, page, perPage, "", false, false)
	return oldestFirst(list), failure(op, answer, err)
}

func (a *Adapter) postsAfter(ctx context.Context, op, channel, post string) ([]*model.Post, error) {
	list, answer, err := a.client.GetPostsAfter(ctx, channel, post, 0, perPage, "", false, false)
	return oldestFirst(list), failure(op, answer, err)
}

func oldestFirst(list *model.PostList) []*model.Post {
	if list == nil {
		return nil
	}
	var posts []*model.Post
	for _, id := range slices.Backward(list.Order) {
		if p := list.Posts[id]; p != nil && p.DeleteAt == 0 && p.OriginalId == "" {
			posts = append(posts, p)
		}
	}
	return posts
}
