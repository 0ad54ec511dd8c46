package discord

import (
	"encoding/json"
	"runtime"
	"strconv"

	"github.com/bwmarrin/discordgo"
)

type identification struct {
	Token      string           `json:"token"`
	Properties properties       `json:"properties"`
	Shard      [2]int           `json:"shard"`
	Intents    discordgo.Intent `json:"intents"`
}

type properties struct {
	OS      string `json:"os"`
	Browser string `json:"browser"`
	Device  string `json:"device"`
}

type resumption struct {
	Token   string `json:"token"`
	Session string `json:"session_id"`
	Seq     int64  `json:"seq"`
}

// introduce says who the bot is, or which session it goes on with. Unlike in requests, the token stands there alone.
func (s *shard) introduce(k *socket) {
	token := s.r.a.cfg.Token()
	if s.session != "" {
		k.send(opResume, resumption{token, s.session, s.seq.Load()})
		return
	}
	s.seq.Store(0)
	k.send(opIdentify, identification{
		Token: token, Shard: [2]int{s.number, s.g.shards}, Intents: s.g.intents,
		Properties: properties{runtime.GOOS, "gofirst", "gofirst"},
	})
}

// hear takes one event, in order. READY on a connection that was to resume says that the session is another: its
// events would leave a hole, so they are not heard.
func (s *shard) hear(f frame) error {
	switch {
	case f.Type == "READY" && s.session != "":
		return errEnded()
	case f.Type == "READY":
		if err := s.ready(f.Data); err != nil {
			return err
		}
	default:
		s.r.hear(f.Type, f.Data, s.session+"."+strconv.FormatInt(f.Seq, 10))
	}
	s.seq.Store(max(s.seq.Load(), f.Seq))
	return nil
}

func (s *shard) ready(body json.RawMessage) error {
	var ready struct {
		Session string `json:"session_id"`
		At      string `json:"resume_gateway_url"`
		App     struct {
			ID string `json:"id"`
		} `json:"application"`
		Guilds []wireGuild `json:"guilds"`
	}
	if json.Unmarshal(body, &ready) != nil || ready.Session == "" {
		s.r.a.cfg.Log.Warn("an event of the gateway cannot be read", "kind", "READY")
		return errCut
	}
	s.session, s.at = ready.Session, ready.At
	if _, ok := gatewayAddress(s.at); !ok {
		s.at = s.g.url
	}
	if ready.App.ID != "" {
		s.r.a.mu.Lock()
		s.r.a.app = ready.App.ID
		s.r.a.mu.Unlock()
	}
	var guilds []string
	for _, g := range ready.Guilds {
		guilds = append(guilds, g.ID)
	}
	s.r.greet(guilds)
	return nil
}
