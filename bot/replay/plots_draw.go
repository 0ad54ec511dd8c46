package replay

import (
	"fmt"
	"html/template"
	"image/color"

	xfont "golang.org/x/image/font"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"
)

// This file is how plots look. Each is drawn twice, for a screen and for a phone, because text in an SVG shrinks
// with it.
const (
	wideWidth   vg.Length = 660
	narrowWidth vg.Length = 340
	unitHeight  vg.Length = 44 // of a panel, for each unit of its weight
	titleHeight vg.Length = 20
	panelGap    vg.Length = 14
	axisHeight  vg.Length = 16
	textSize    vg.Length = 11
	topEdge     vg.Length = 4 // free for half a label
	rightEdge   vg.Length = 6
)

// colour is short for what gonum takes.
type colour = color.Color

// ink is a colour of the light page, "#rrggbb". report.css names each, and gives the dark page another.
type ink string

// The inks. On white, what carries a figure has a contrast of 3 or more, text of 4.5 or more.
const (
	inkText  ink = "#33414D"
	inkRule  ink = "#D9DFE4"
	inkAsked ink = "#6F8BA6"
	inkAlone ink = "#B0431B"
	inkWait  ink = "#1F5C99"
	inkSaid  ink = "#2B7A78"
)

// shades are the inks of a heat map, from nothing to most.
type shades []ink

func heat() shades {
	return shades{"#EEF1F3", "#C3E0DC", "#8CC4BD", "#559F99", "#2F7F7C", "#134E4F"}
}

func (i ink) colour() colour {
	var c color.NRGBA
	_, _ = fmt.Sscanf(string(i), "#%02X%02X%02X", &c.R, &c.G, &c.B) // the inks are constants, and a test reads them all
	c.A = 0xff
	return c
}

func (i ink) line(width vg.Length) draw.LineStyle {
	return draw.LineStyle{Color: i.colour(), Width: width}
}

func (i ink) dot(radius float64) draw.GlyphStyle {
	return draw.GlyphStyle{Color: i.colour(), Radius: vg.Length(radius), Shape: draw.CircleGlyph{}}
}

// lettering is how text in a plot is set. Liberation Sans measures like Arial and Helvetica, which nearly everybody has.
func lettering() text.Style {
	return text.Style{
		Color:   inkText.colour(),
		Font:    font.Font{Typeface: "Liberation", Variant: "Sans", Size: textSize},
		Handler: text.Plain{Fonts: font.DefaultCache},
	}
}

// panel is one plot of a figure. Panels lie above one another and share their horizontal axis.
type panel struct {
	title  string
	weight float64 // how high it is, against the others
	plot   func(width vg.Length) *plot.Plot
}

// height is what a panel takes, with the gap to the one above it.
func (p panel) height(first bool) vg.Length {
	h := vg.Length(p.weight)*unitHeight + axisHeight
	if p.title != "" {
		h += titleHeight
	}
	if !first {
		h += panelGap
	}
	return h
}

// figureSVG draws panels above one another, with their vertical axes in line.
func figureSVG(panels []panel, width vg.Length) (template.HTML, error) {
	plots, left, total := make([]*plot.Plot, len(panels)), vg.Length(0), vg.Length(0)
	for i, p := range panels {
		plots[i] = p.plot(width)
		left = max(left, leftOf(plots[i]))
		total += p.height(i == 0)
	}
	svg := vgsvg.New(width, total)
	page, top := draw.New(svg), total
	for i, p := range panels {
		bottom := top - p.height(i == 0)
		if i > 0 {
			top -= panelGap
		}
		if p.title != "" {
			style := lettering()
			style.YAlign, style.Font.Weight = draw.YTop, xfont.WeightBold
			page.FillText(style, vg.Point{X: 0, Y: top}, p.title)
			top -= titleHeight
		}
		plots[i].Draw(draw.Crop(page, left-leftOf(plots[i]), -rightEdge, bottom, top-topEdge-total))
		top = bottom
	}
	return inline(svg)
}

// leftOf is the room that a plot needs at its left for the labels of its vertical axis.
func leftOf(p *plot.Plot) vg.Length {
	most := vg.Length(0)
	for _, t := range p.Y.Tick.Marker.Ticks(p.Y.Min, p.Y.Max) {
		most = max(most, p.Y.Tick.Label.Width(t.Label))
	}
	return most
}

// blank is a plot with next to nothing on it.
func blank() *plot.Plot {
	p := plot.New()
	p.BackgroundColor = nil
	for _, axis := range []*plot.Axis{&p.X, &p.Y} {
		align := axis.Tick.Label
		axis.Tick.Label = lettering()
		axis.Tick.Label.XAlign, axis.Tick.Label.YAlign = align.XAlign, align.YAlign
		axis.Tick.LineStyle, axis.LineStyle = inkRule.line(1), inkRule.line(1)
		axis.Tick.Length, axis.Padding = 0, 0
	}
	p.X.Tick.Length = 4
	p.Y.LineStyle.Width = 0
	p.Y.Padding = 6
	return p
}

// rules are thin lines across, at the marks of the vertical axis.
func rules() *plotter.Grid {
	g := plotter.NewGrid()
	g.Vertical.Color = nil
	g.Horizontal = inkRule.line(0.75)
	return g
}

// bars are one bar for each value, from left to right.
type bars []plotter.HistogramBin

func (b *bars) add(value float64) {
	at := float64(len(*b))
	*b = append(*b, plotter.HistogramBin{Min: at - 0.4, Max: at + 0.4, Weight: value})
}

func (b bars) most() (most float64) {
	for _, bin := range b {
		most = max(most, bin.Weight)
	}
	return most
}

func (b bars) in(i ink) *plotter.Histogram { return &plotter.Histogram{Bins: b, FillColor: i.colour()} }
