package slack

import (
	"sync"
	"time"
)

// memory keeps values for a while, and only so many: the oldest make room.
type memory[K comparable, V any] struct {
	now   func() time.Time
	life  time.Duration
	most  int
	mu    sync.Mutex
	kept  map[K]kept[V]
	order []dated[K] // by time; entries that were replaced or forgotten stay until their time
}

type kept[V any] struct {
	value V
	until time.Time
}

type dated[K comparable] struct {
	key   K
	until time.Time
}

func remember[K comparable, V any](now func() time.Time, life time.Duration, most int) *memory[K, V] {
	return &memory[K, V]{now: now, life: life, most: most, kept: map[K]kept[V]{}}
}

func (m *memory[K, V]) put(k K, v V) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.keep(k, v)
}

// add keeps a value, unless there is one: then it says so.
func (m *memory[K, V]) add(k K, v V) (fresh bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if old, ok := m.kept[k]; ok && m.now().Before(old.until) {
		return false
	}
	m.keep(k, v)
	return true
}

func (m *memory[K, V]) keep(k K, v V) {
	now := m.now()
	for len(m.order) > 0 && (len(m.order) >= m.most || !now.Before(m.order[0].until)) {
		first := m.order[0]
		m.order = m.order[1:]
		if old, ok := m.kept[first.key]; ok && old.until.Equal(first.until) {
			delete(m.kept, first.key)
		}
	}
	until := now.Add(m.life)
	m.kept[k] = kept[V]{v, until}
	m.order = append(m.order, dated[K]{k, until})
}

func (m *memory[K, V]) get(k K) (v V, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	x, ok := m.kept[k]
	if !ok || !m.now().Before(x.until) {
		return v, false
	}
	return x.value, true
}

func (m *memory[K, V]) forget(k K) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.kept, k)
}
