package mattermost

import (
	"sync"
	"time"
)

// cache remembers at most max things, each for a while. Where it is full it forgets about half, the ones that
// were not asked for lately among them.
type cache[K comparable, V any] struct {
	now  func() time.Time
	life time.Duration
	max  int

	mu         sync.Mutex
	young, old map[K]kept[V]
}

type kept[V any] struct {
	value V
	until time.Time
}

func newCache[K comparable, V any](now func() time.Time, life time.Duration, limit int) *cache[K, V] {
	return &cache[K, V]{now: now, life: life, max: limit, young: map[K]kept[V]{}, old: map[K]kept[V]{}}
}

func (c *cache[K, V]) find(k K) (V, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.look(k)
}

func (c *cache[K, V]) look(k K) (v V, ok bool) {
	x, ok := c.young[k]
	if !ok {
		if x, ok = c.old[k]; ok {
			c.put(k, x)
		}
	}
	if !ok || c.now().After(x.until) {
		return v, false
	}
	return x.value, true
}

func (c *cache[K, V]) keep(k K, v V) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.put(k, kept[V]{v, c.now().Add(c.life)})
}

// take gives a value and forgets it.
func (c *cache[K, V]) take(k K) (v V, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	v, ok = c.look(k)
	delete(c.young, k)
	delete(c.old, k)
	return v, ok
}

func (c *cache[K, V]) put(k K, x kept[V]) {
	if len(c.young) >= c.max/2 {
		c.old, c.young = c.young, map[K]kept[V]{}
	}
	c.young[k] = x
}
