package slack

import (
	"context"
	"net/url"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
)

// Group lists a user group by its handle, with or without "@", or its identifier.
func (a *Adapter) Group(ctx context.Context, space chat.SpaceID, name string) ([]chat.UserID, error) {
	if err := a.inSpace(ctx, space); err != nil {
		return nil, err
	}
	var groups struct {
		Groups []struct {
			ID     string `json:"id"`
			Handle string `json:"handle"`
		} `json:"usergroups"`
	}
	if err := a.call(ctx, opDirectory, "usergroups.list", nil, &groups); err != nil {
		return nil, err
	}
	name = strings.TrimPrefix(name, "@")
	for _, g := range groups.Groups {
		if g.ID == name || strings.EqualFold(g.Handle, name) {
			var got struct {
				Users []chat.UserID `json:"users"`
			}
			err := a.call(ctx, opDirectory, "usergroups.users.list", url.Values{"usergroup": {g.ID}}, &got)
			return got.Users, err
		}
	}
	return nil, failed(opDirectory, chat.Gone, "there is no such user group")
}

// Find takes an identifier, an e-mail address, or a handle with or without "@".
func (a *Adapter) Find(ctx context.Context, space chat.SpaceID, name string) (chat.UserID, error) {
	if err := a.inSpace(ctx, space); err != nil {
		return "", err
	}
	if isPerson(name) {
		p, err := a.Person(ctx, chat.UserID(name))
		return p.User, err
	}
	if at := strings.IndexByte(name, '@'); at > 0 {
		var got struct {
			User account `json:"user"`
		}
		err := a.call(ctx, opDirectory, "users.lookupByEmail", url.Values{"email": {name}}, &got)
		return got.User.ID, err
	}
	return a.byHandle(ctx, strings.TrimPrefix(name, "@"))
}

// byHandle goes through all accounts: Slack has no way to ask for one handle.
func (a *Adapter) byHandle(ctx context.Context, handle string) (chat.UserID, error) {
	args := url.Values{"limit": {pageSize}}
	for {
		var page struct {
			Members  []account `json:"members"`
			Metadata struct {
				NextCursor string `json:"next_cursor"`
			} `json:"response_metadata"`
		}
		if err := a.patiently(ctx, func() error { return a.call(ctx, opDirectory, "users.list", args, &page) }); err != nil {
			return "", err
		}
		for _, u := range page.Members {
			if !u.Deleted && strings.EqualFold(u.Name, handle) {
				return u.ID, nil
			}
		}
		if page.Metadata.NextCursor == "" {
			return "", failed(opDirectory, chat.Gone, "nobody has that handle")
		}
		args.Set("cursor", page.Metadata.NextCursor)
	}
}
