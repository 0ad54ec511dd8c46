package bot_test

import (
	"testing"

	"github.com/gofirst/gofirst/bot/chat"
)

func (s *stage) fields(form *chat.Form) map[string]string {
	out := map[string]string{}
	for _, f := range form.Fields {
		out[f.Name] = f.Value
	}
	return out
}

// TestSettingsByForm: what holds stands in the form, and what is filled in is shown before it holds.
func TestSettingsByForm(t *testing.T) {
	t.Parallel()
	s := newOffice(t)
	one(s, s.command("tom", "playbook enable share-first in #platform now"))
	shown := s.wants(s.command("tom", "playbook show share-first"), "tom: [Settings]")
	s.wants(s.command("ana", "playbook show share-first"), "ana: share-first")
	form := s.wants(s.press("tom", shown[0], shown[0].Buttons[0].Value), "form: ")[0]
	was := s.fields(form.Form)
	if was["rooms"] != "#platform" || was["rest"] != "10" || was["leaders"] != "leader" || len(was) != 4 {
		t.Fatalf("the form has %v", was)
	}
	was["rest"], was["rooms"] = "5", "#help, platform"
	offer := s.wants(s.submit("tom", form, was), "tom: [Turn it on] [Keep as is]")
	has(s, offer[0].Text, "would then be on in #help, #platform. Nothing is changed yet", "As you set it: rest 5", "The last 14 days")
	has(s, one(s, s.press("tom", offer[0], offer[0].Buttons[0].Value)), "share-first is now on in #help, #platform")
	if got := s.instance("share-first").Settings; got != `{"rest":"5","rooms":["help","platform"]}` {
		t.Errorf("the settings are %s", got)
	}
}

func TestAFormThatIsNotUnderstood(t *testing.T) {
	t.Parallel()
	s := newOffice(t)
	form := s.wants(s.command("tom", "playbook set share-first"), "form: ")[0]
	text := one(s, s.submit("tom", form, map[string]string{"rooms": "#help", "rest": "soon", "leaders": "leader", "neighbours": "helper"}))
	has(s, text, "rest is a number. I did not understand soon", "/gofirst playbook set share-first rooms #help leaders leader neighbours helper rest soon")
	if s.instance("share-first").Enabled {
		t.Error("it is on")
	}
	form = s.wants(s.command("tom", "scénario règle restitution"), "form: ")[0]
	has(s, one(s, s.submit("tom", form, map[string]string{"rooms": "nowhere", "least": "3"})), "do not find a room")
	has(s, one(s, s.command("ana", "playbook set restitution")), "That is for stewards")
	s.engine.Connect("local", oldest{s.chat.Connect()})
	form = s.wants(s.command("tom", "playbook set celebrate-first"), "form: ")[0]
	if got := s.fields(form.Form); len(got) != 1 {
		t.Errorf("what the file fixes stands in the form: %v", got)
	}
}

// TestSettingsWithoutForms: on a service without forms the command is taught.
func TestSettingsWithoutForms(t *testing.T) {
	t.Parallel()
	s := newOffice(t)
	has(s, one(s, s.after(func() error {
		_, err := s.chat.Say("tom", "platform", "", "@gofirst playbook set question-rescue", 0)
		return err
	})),
		"The settings go by command", "/gofirst playbook set question-rescue helpers helper patience normal")
	has(s, one(s, s.after(func() error {
		_, err := s.chat.Say("zoe", "platform", "", "@gofirst scénario règle question-rescue", 0)
		return err
	})),
		"réservé à l'intendance")
}
