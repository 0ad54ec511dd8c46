package slack

import (
	"context"
	"errors"
	"net/url"
	"regexp"
	"slices"
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
	if at := strings.IndexByte(name, '@'); at > 0 {
		var got struct {
			User account `json:"user"`
		}
		err := a.call(ctx, opDirectory, "users.lookupByEmail", url.Values{"email": {name}}, &got)
		return got.User.ID, err
	}
	handle, marked := strings.CutPrefix(name, "@")
	ways := []func(context.Context, string) (chat.UserID, error){a.byHandle, a.byID}
	if !marked && personal.MatchString(name) {
		slices.Reverse(ways)
	}
	user, err := ways[0](ctx, handle)
	if gone(err) && isID(handle) {
		user, err = ways[1](ctx, handle)
	}
	return user, err
}

// personal is what Slack's identifiers of people look like today, and no handle does: those have no capitals.
var personal = regexp.MustCompile(`^[UW][A-Z0-9]*[0-9][A-Z0-9]*$`)

func gone(err error) bool {
	var e *chat.Error
	return errors.As(err, &e) && e.Kind == chat.Gone
}

func (a *Adapter) byID(ctx context.Context, id string) (chat.UserID, error) {
	p, err := a.Person(ctx, chat.UserID(id))
	return p.User, err
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
