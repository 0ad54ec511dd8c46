package export

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// slack is a Slack export: lists of people and channels, and one folder a channel with one file a day.
type slack struct {
	dir   *directory
	found *tally // what opening alone tells
	space chat.SpaceID
	rooms []slackRoom
	bytes int64
}

// slackRoom is one channel and its days, the earliest first.
type slackRoom struct {
	channel chat.ChannelID
	days    []slackDay
}

type slackDay struct {
	file
	earliest int64 // unix microseconds; nothing in the file is older
}

// slackLists are the files at the top that tell something; a list marked direct names what is never read.
var slackLists = []struct {
	name            string
	direct, private bool
}{
	{"channels.json", false, false}, {"groups.json", false, true}, {"dms.json", true, true}, {"mpims.json", true, true},
}

var (
	dayName    = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})\.json$`)
	directName = regexp.MustCompile(`^(D[A-Z0-9]{7,}|mpdm-.*)$`)
)

// eastmost is how far local midnight can lie before UTC's. A day file is cut in the workspace's zone.
const eastmost = 14 * time.Hour

// openSlack gives nil where the files are no Slack export.
func openSlack(files []file, name string) (*Adapter, error) {
	root, ok := slackRoot(files)
	if !ok {
		return nil, nil
	}
	a := &Adapter{directory: newDirectory()}
	s := &slack{dir: &a.directory, found: &a.tally, space: chat.SpaceID(name)}
	a.record = s
	folders := s.sort(files, root)
	tops := folders[""]
	delete(folders, "")
	if err := s.readPeople(tops); err != nil {
		return nil, err
	}
	direct, err := s.readLists(tops)
	if err != nil {
		return nil, err
	}
	s.addRooms(folders, direct)
	return a, nil
}

// slackRoot finds the folder in which the lists lie: the top, or one level down where the export was packed
// together with its folder.
func slackRoot(files []file) (root string, ok bool) {
	for _, f := range files {
		switch path.Base(f.name) {
		case "users.json", "channels.json", "groups.json":
			dir := path.Dir(f.name)
			if dir == "." {
				return "", true
			}
			if !strings.Contains(dir, "/") {
				root, ok = dir+"/", true
			}
		}
	}
	return root, ok
}

// sort puts the files into their folders; "" holds those at the top. What has no business there is counted.
func (s *slack) sort(files []file, root string) map[string][]file {
	folders := map[string][]file{}
	for _, f := range files {
		rel, inside := strings.CutPrefix(f.name, root)
		dir := path.Dir(rel)
		switch {
		case inside && dir == ".":
			folders[""] = append(folders[""], f)
		case inside && !strings.Contains(dir, "/") && dayName.MatchString(path.Base(rel)):
			folders[dir] = append(folders[dir], f)
		default:
			s.found.opened[otherFile]++
		}
	}
	return folders
}

// addRooms makes a room of each folder that is no direct conversation.
func (s *slack) addRooms(folders map[string][]file, direct map[string]bool) {
	byName := map[string]chat.ChannelID{}
	for _, id := range slices.Backward(s.dir.order) {
		byName[string(id)] = id
	}
	for _, id := range slices.Backward(s.dir.order) {
		byName[s.dir.rooms[id].Name] = id
	}
	for name, files := range folders {
		if direct[name] || directName.MatchString(name) {
			s.found.opened[directConversation] += len(files)
			continue
		}
		id, known := byName[name]
		if !known {
			id = chat.ChannelID(name)
			s.found.opened[unknownChannel]++
			s.dir.addChannel(chat.ChannelInfo{Channel: id, Space: s.space, Name: name}, nil)
		}
		s.addRoom(slackRoom{channel: id}, files)
	}
	slices.SortFunc(s.rooms, func(a, b slackRoom) int { return strings.Compare(string(a.channel), string(b.channel)) })
}

func (s *slack) addRoom(room slackRoom, files []file) {
	for _, f := range files {
		day, err := time.Parse(time.DateOnly, stem(path.Base(f.name)))
		if err != nil {
			s.found.opened[otherFile]++
			continue
		}
		s.bytes += f.size
		room.days = append(room.days, slackDay{f, day.Add(-eastmost).UnixMicro()})
	}
	slices.SortFunc(room.days, func(a, b slackDay) int { return strings.Compare(a.name, b.name) })
	s.rooms = append(s.rooms, room)
}

func (s *slack) service() string { return "slack-export" }

func (s *slack) size() int64 { return s.bytes }

// top finds a file among those at the top.
func top(files []file, name string) (file, bool) {
	i := slices.IndexFunc(files, func(f file) bool { return path.Base(f.name) == name })
	if i < 0 {
		return file{}, false
	}
	return files[i], true
}

// inFile puts the place before an error.
func inFile(name string, err error) error { return fmt.Errorf("%s: %w", name, err) }
