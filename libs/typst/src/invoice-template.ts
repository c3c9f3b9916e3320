/**
 * An invoice, laid out. What it says comes as data (`InvoiceView`) and is never part of the markup: a text that looks like code is printed as it is.
 */
export const INVOICE_TEMPLATE = String.raw`
#let view = json(bytes(sys.inputs.view))
#let families = json(bytes(sys.inputs.families))
#let direction = if view.direction == "rtl" { rtl } else { ltr }
#let grey = luma(90)
// What somebody wrote has the direction of its own first letter, line by line, and moves nothing around it.
#let own(words) = words.split("\n").map(line => "\u{2068}" + line + "\u{2069}").join("\n")
#let name = (view.title, view.number).filter(part => part != none).join(" ")

// Colours of whoever sells, or that of the text.
#let color-of(said) = if said == none { black } else { rgb(said) }
#let accent = color-of(view.accentColor)

#set document(title: name, author: view.seller.name, date: auto)
#set text(font: families, fallback: false, size: 9.5pt, lang: view.language.slice(0, 2), dir: direction)
#if "facturX" in sys.inputs {
  let about = "The invoice in EN 16931, as Factur-X has it"
  pdf.attach("factur-x.xml", bytes(sys.inputs.facturX), relationship: "alternative", mime-type: "text/xml", description: about)
}
#set smartquote(enabled: false)
#set par(leading: 0.55em, spacing: 0.7em)

#let page-text() = context {
  let pages = str(counter(page).final().first())
  view.page.replace("{page}", str(counter(page).get().first())).replace("{pages}", pages)
}

#set page(
  paper: "a4",
  margin: (x: 18mm, top: 18mm, bottom: 22mm),
  background: if view.watermark != none {
    rotate(-35deg, text(size: 84pt, weight: "bold", fill: luma(232), view.watermark))
  },
  footer: {
    set text(size: 8pt, fill: grey)
    line(length: 100%, stroke: 0.4pt + luma(200))
    grid(columns: (1fr, auto), align: (start + top, end + top), column-gutter: 8mm,
      if view.footer != none { own(view.footer) } else { own(name) },
      page-text(),
    )
  },
)

#let labelled(facts) = grid(
  columns: (auto, 1fr), column-gutter: 4mm, row-gutter: 1.6mm, align: start + top,
  ..facts.map(fact => (text(fill: grey, fact.label), own(fact.value))).flatten(),
)

#let party(who) = {
  text(fill: grey, who.label)
  parbreak()
  strong(own(who.name))
  for row in who.lines { linebreak(); own(row) }
  v(1mm)
  set text(size: 8.5pt)
  labelled(who.details)
}

#if "logo" in sys.inputs {
  // It is as large as it is when it stands upright, whatever its pixels say.
  context {
    let natural = measure(image(sys.inputs.logo))
    let share = calc.min(60mm / natural.width, 18mm / natural.height)
    image(sys.inputs.logo, width: natural.width * share, alt: view.seller.name)
  }
  v(4mm)
}
#grid(columns: (1fr, 1fr), column-gutter: 10mm, align: (start + top, start + top),
  heading(level: 1, {
    text(size: 20pt, fill: color-of(view.titleColor), view.title)
    if view.watermark != none { text(size: 12pt, weight: "regular", " (" + view.watermark + ")") }
  }),
  labelled(view.facts),
)
#v(8mm)
#grid(columns: (1fr, 1fr), column-gutter: 10mm, align: start + top, party(view.seller), party(view.buyer))
#v(8mm)

#let heads = view.columns
#let cell-of(row) = {
  own(row.description)
  set text(size: 8pt, fill: grey)
  for detail in (row.period, ..row.details).filter(said => said != none) { linebreak(); detail }
}
#let shown = (heads.quantity, heads.unitPrice, heads.amount).map(head => head != none)
#let among(..cells) = cells.pos().zip(shown).filter(pair => pair.last()).map(pair => pair.first())
#let muted(label) = text(fill: grey, label)

#if view.intro != none { par(own(view.intro)); v(3mm) }
#table(
  columns: (1fr, ..among(auto, auto, auto)),
  align: (x, y) => (if x == 0 { start } else { end }) + top,
  stroke: (x, y) => (bottom: if y == 0 { 0.6pt + accent } else { 0.3pt + luma(215) }),
  inset: (x: 2mm, y: 1.8mm),
  table.header(repeat: true, muted(heads.description), ..among(heads.quantity, heads.unitPrice, heads.amount).map(muted)),
  ..view.lines.map(row => (
    cell-of(row), ..among(row.quantity, if row.unitPrice == none { [] } else { row.unitPrice }, row.amount),
  )).flatten(),
)

#align(end, block(breakable: false, width: 62%, table(
  columns: (1fr, auto),
  align: (start, end),
  stroke: none,
  inset: (x: 2mm, y: 1.1mm),
  ..view.totals.map(total => {
    let weight = if total.strong { "bold" } else { "regular" }
    (text(weight: weight, total.label), text(weight: weight, total.value))
  }).flatten(),
)))

#v(4mm)
#for note in view.notes { par(note) }
#if view.payment.accounts.len() > 0 or view.payment.text != none {
  v(3mm)
  block(breakable: false, {
    muted(view.payment.label)
    v(1mm)
    if view.payment.text != none { par(own(view.payment.text)); v(1mm) }
    let accounts = for account in view.payment.accounts { labelled(account); v(2mm) }
    let code = view.payment.code
    if code == none { accounts } else {
      let side = str(code.size)
      let drawn = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + side + " " + side + "\"><path d=\"" + code.path + "\"/></svg>"
      grid(columns: (1fr, auto), column-gutter: 8mm, align: (start + top, center + top), accounts, {
        image(bytes(drawn), format: "svg", width: 32mm, alt: code.label)
        text(size: 8pt, fill: grey, code.label)
      })
    }
  })
}
`;
