package store

import "math"

// helpingHalfLife is after how many days an answer counts for half.
const helpingHalfLife = 180

// AddHelping counts an answer of a person in a place. Only to be called for people who said that they may be
// asked. The day is counted from 1970-01-01.
func (t *Tx) AddHelping(person PersonID, place PlaceID, day int) error {
	had, err := t.helping(`WHERE person = $1 AND place = $2`, int64(person), int64(place))
	if err != nil {
		return err
	}
	answers := 1.0
	for _, h := range had {
		answers += h.on(day)
	}
	_, err = t.exec("add helping", `INSERT INTO helping (person, place, answers, last_day) VALUES ($1, $2, $3, $4)
		ON CONFLICT (person, place) DO UPDATE SET answers = excluded.answers, last_day = excluded.last_day`,
		int64(person), int64(place), answers, day)
	return err
}

// Helping gives how much people have answered in a place, as it counts on that day.
func (t *Tx) Helping(place PlaceID, day int) (map[PersonID]float64, error) {
	rows, err := t.helping(`WHERE place = $1`, int64(place))
	counts := make(map[PersonID]float64, len(rows))
	for _, h := range rows {
		counts[h.person] = h.on(day)
	}
	return counts, err
}

type helpingRow struct {
	person  PersonID
	answers float64
	lastDay int
}

func (h helpingRow) on(day int) float64 {
	return h.answers * math.Exp2(-float64(max(0, day-h.lastDay))/helpingHalfLife)
}

func (t *Tx) helping(where string, args ...any) ([]helpingRow, error) {
	return list(t, "helping", func(r scanner) (helpingRow, error) {
		var h helpingRow
		err := r.Scan(&h.person, &h.answers, &h.lastDay)
		return h, err
	}, `SELECT person, answers, last_day FROM helping `+where, args...)
}
