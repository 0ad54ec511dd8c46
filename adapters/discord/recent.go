package discord

import "sync"

// recent remembers what was used lately, in bounded memory: up to twice its limit. The zero value remembers nothing.
type recent[K comparable, V any] struct {
	limit int

	mu         sync.Mutex
	young, old map[K]V
}

func newRecent[K comparable, V any](limit int) *recent[K, V] {
	return &recent[K, V]{limit: limit, young: map[K]V{}}
}

func (r *recent[K, V]) get(k K) (V, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if v, ok := r.young[k]; ok {
		return v, true
	}
	v, ok := r.old[k]
	if ok {
		r.keep(k, v)
	}
	return v, ok
}

func (r *recent[K, V]) put(k K, v V) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.keep(k, v)
}

// keep makes room by forgetting what was not used since the last time that it was full.
func (r *recent[K, V]) keep(k K, v V) {
	if _, there := r.young[k]; !there && len(r.young) >= r.limit {
		r.old, r.young = r.young, make(map[K]V, r.limit)
	}
	r.young[k] = v
}

// take gives a value and forgets it.
func (r *recent[K, V]) take(k K) (V, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	v, ok := r.young[k]
	if !ok {
		v, ok = r.old[k]
	}
	delete(r.young, k)
	delete(r.old, k)
	return v, ok
}

// values gives all that is remembered.
func (r *recent[K, V]) values() (all []V) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for k, v := range r.old {
		if _, newer := r.young[k]; !newer {
			all = append(all, v)
		}
	}
	for _, v := range r.young {
		all = append(all, v)
	}
	return all
}
