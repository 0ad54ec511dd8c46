package bot

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gofirst/gofirst/bot/calendar"
	"github.com/gofirst/gofirst/playbooks"
)

// TestDescribe: every rule of every built-in playbook can be said in both languages, without a store.
func TestDescribe(t *testing.T) {
	t.Parallel()
	books, err := playbooks.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, book := range books {
		values, err := book.Fill(nil)
		if err != nil {
			t.Fatal(err)
		}
		said := map[string]string{}
		for _, language := range playbooks.Languages {
			d, err := Describe(language, &playbooks.Instance{Playbook: book, Settings: values})
			if err != nil || len(d.Rules) != len(book.Rules) {
				t.Fatalf("%s: %d of %d rules, %v", book.ID, len(d.Rules), len(book.Rules), err)
			}
			said[language] = fmt.Sprint(d)
			for i, r := range book.Rules {
				if line := fmt.Sprint(d.Rules[i]); !strings.Contains(line, r.Name) || strings.Contains(line, "⟦") {
					t.Errorf("%s, %s: %s", book.ID, r.Name, line)
				}
			}
		}
		if said["en"] == said["fr"] {
			t.Errorf("%s says the same in both languages: %s", book.ID, said["en"])
		}
	}
}

func TestRoleNamed(t *testing.T) {
	t.Parallel()
	for language, want := range map[string]string{"en": "observer", "fr": "observation"} {
		if got, err := RoleNamed(language, "observer"); err != nil || got != want {
			t.Errorf("in %s: %q, %v", language, got, err)
		}
	}
}

func TestHoursNamed(t *testing.T) {
	t.Parallel()
	week, err := calendar.ParseTimetable("Mon-Fri 09:00-18:00")
	if err != nil {
		t.Fatal(err)
	}
	for language, want := range map[string]string{"en": "Mon-Fri 09:00-18:00", "fr": "lun-ven 09:00-18:00"} {
		if got, err := HoursNamed(language, week); err != nil || got != want {
			t.Errorf("in %s: %q, %v", language, got, err)
		}
	}
}
