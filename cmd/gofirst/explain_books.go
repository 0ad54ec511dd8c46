package main

import (
	"errors"
	"io/fs"
	"os"
)

// config is the configuration, or where there is none what would hold without it.
func (c *explainCmd) config() (*config, error) {
	cfg, err := c.known()
	folder := c.Folder
	if folder == "" && c.Transcript != "" {
		folder = besides(c.Transcript)
	}
	if err != nil || folder == "" {
		return cfg, err
	}
	own, err := booksIn(folder)
	if err != nil {
		return nil, wrong(err)
	}
	cfg.books = mergeBooks(cfg.books, own)
	return cfg, nil
}

// known is what there is without the folder that is named besides.
func (c *explainCmd) known() (*config, error) {
	_, err := os.Stat(c.Config)
	if err == nil || !errors.Is(err, fs.ErrNotExist) || c.Config != "gofirst.yaml" {
		return readConfig(c.Config)
	}
	cfg := newConfig(c.Config)
	if cfg.books, err = builtinBooks(); err != nil {
		return nil, err
	}
	if _, err := os.Stat(ownFolder); err == nil {
		own, err := booksIn(ownFolder)
		if err != nil {
			return nil, wrong(err)
		}
		cfg.books = mergeBooks(cfg.books, own)
	}
	return cfg, nil
}
