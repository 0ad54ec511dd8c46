package store

// Unaddress takes out of a delivery whom it was for and what it was about. It keeps its key, so that the same is not
// prepared twice.
func (t *Tx) Unaddress(key string) error {
	_, err := t.exec("unaddress", `UPDATE deliveries SET recipient = NULL, refs = '' WHERE key = $1`, key)
	return err
}
