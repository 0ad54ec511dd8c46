package discord

import (
	"context"
	"slices"

	"github.com/bwmarrin/discordgo"
)

// survey is what one guild has: its channels and open threads, and what the bot may do in them.
type survey struct {
	guild    string
	channels []wireChannel
	threads  []wireChannel
	may      map[string]uint64 // permissions by channel
}

// survey asks for a guild's rooms. It takes four requests.
func (a *Adapter) survey(ctx context.Context, op, guild string, ask func(context.Context, request, any) error) (survey, error) {
	s := survey{guild: guild, may: map[string]uint64{}}
	var roles []wireRole
	var me wireMember
	var open struct {
		Threads []wireChannel `json:"threads"`
	}
	at := "/guilds/" + guild
	for path, out := range map[string]any{
		"/channels": &s.channels, "/roles": &roles, "/members/" + a.me(): &me, "/threads/active": &open,
	} {
		if err := ask(ctx, request{op: op, method: "GET", path: at + path}, out); err != nil {
			return s, err
		}
	}
	s.threads = open.Threads
	a.learnRooms(guild, append(slices.Clone(s.channels), s.threads...))
	for i := range s.channels {
		s.channels[i].Guild = guild
		s.may[s.channels[i].ID] = permissions(guild, a.me(), roles, me.Roles, s.channels[i].Overwrites)
	}
	return s, nil
}

// permissions computes what a member may do in a channel, as the service's documents say.
func permissions(guild, member string, roles []wireRole, has []string, overwrites []wireOverwrite) uint64 {
	var base uint64
	for _, r := range roles {
		if r.ID == guild || slices.Contains(has, r.ID) {
			base |= r.Permissions
		}
	}
	if base&discordgo.PermissionAdministrator != 0 {
		return ^uint64(0)
	}
	var allow, deny uint64
	for _, o := range overwrites {
		if o.ID == guild {
			base = base&^o.Deny | o.Allow
		} else if o.Type == int(discordgo.PermissionOverwriteTypeRole) && slices.Contains(has, o.ID) {
			allow, deny = allow|o.Allow, deny|o.Deny
		}
	}
	base = base&^deny | allow
	for _, o := range overwrites {
		if o.Type == int(discordgo.PermissionOverwriteTypeMember) && o.ID == member {
			base = base&^o.Deny | o.Allow
		}
	}
	return base
}

const readable = discordgo.PermissionViewChannel | discordgo.PermissionReadMessageHistory

// sources are the channel itself and its open threads, as far as something newer than a message stands in them.
// after 0 takes all.
func (s survey) sources(channel string, after uint64) (all []string) {
	if s.may[channel]&readable != readable {
		return nil
	}
	for _, c := range append(slices.Clone(s.channels), s.threads...) {
		mine := c.ID == channel && roomOf(c).spoken() || c.Parent == channel && roomOf(c).thread()
		if mine && c.after(after) {
			all = append(all, c.ID)
		}
	}
	return all
}
