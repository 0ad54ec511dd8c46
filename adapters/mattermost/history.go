package mattermost

import (
	"context"
	"math"
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
	some, err := a.pageOf(ctx, op, c.Id, since)
	for err == nil && some.size > 0 {
		for _, p := range some.posts {
			if p.CreateAt < since {
				continue
			}
			if err := a.tellPast(ctx, p, c, sink); err != nil {
				return err
			}
		}
		some, err = a.postsAfter(ctx, op, c.Id, some.latest)
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

// page is a part of what was posted in a channel: as much as the server listed, and of this the posts that stand.
type page struct {
	size     int
	posts    []*model.Post // oldest first
	latest   string        // the last that was listed
	earliest int64         // when the first that was listed was posted
}

// pageOf gives the posts of the first page, counted from the latest, that reaches back to a time.
func (a *Adapter) pageOf(ctx context.Context, op, channel string, since int64) (page, error) {
	var failure error
	reaches := func(number int) bool {
		some, err := a.page(ctx, op, channel, number)
		if err != nil {
			failure = err
			return true
		}
		return some.size < perPage || some.earliest < since
	}
	limit := 1
	for !reaches(limit - 1) {
		limit *= 2
	}
	number := sort.Search(limit-1, reaches)
	if failure != nil {
		return page{}, failure
	}
	some, err := a.page(ctx, op, channel, number)
	if err == nil && some.size == 0 && number > 0 {
		return a.page(ctx, op, channel, number-1)
	}
	return some, err
}

func (a *Adapter) page(ctx context.Context, op, channel string, number int) (page, error) {
	list, answer, err := a.client.GetPostsForChannel(ctx, channel, number, perPage, "", false, false)
	return pageFrom(list), failure(op, answer, err)
}

func (a *Adapter) postsAfter(ctx context.Context, op, channel, post string) (page, error) {
	list, answer, err := a.client.GetPostsAfter(ctx, channel, post, 0, perPage, "", false, false)
	return pageFrom(list), failure(op, answer, err)
}

func pageFrom(list *model.PostList) page {
	if list == nil || len(list.Order) == 0 {
		return page{}
	}
	some := page{size: len(list.Order), latest: list.Order[0], earliest: math.MaxInt64}
	for _, id := range slices.Backward(list.Order) {
		p := list.Posts[id]
		if p == nil {
			continue
		}
		some.earliest = min(some.earliest, p.CreateAt)
		if p.DeleteAt == 0 && p.OriginalId == "" {
			some.posts = append(some.posts, p)
		}
	}
	return some
}
