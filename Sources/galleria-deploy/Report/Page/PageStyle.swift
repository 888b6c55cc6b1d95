/// How the page looks: for a phone as for a desk, by day and by night, without anything from elsewhere.
enum PageStyle {
    static let text = """
        :root { --paper: #fbfaf8; --card: #fff; --ink: #1d1f23; --faint: #6a6f78; --line: #e4e1db; --accent: #b4541f; --before: #9aa0a9;
          --good: #1c7a45; --good-paper: #e3f3e9; --bad: #b3261e; --bad-paper: #fbe9e7; --shadow: 0 1px 2px #0000000d, 0 2px 8px #0000000a }
        @media (prefers-color-scheme: dark) { :root { --paper: #15161a; --card: #1f2126; --ink: #ecebe8; --faint: #9ba0a9; --line: #33363d;
          --accent: #f09a63; --before: #737984; --good: #7bd19c; --good-paper: #17342433; --bad: #ff8f85; --bad-paper: #43191899; --shadow: none } }
        * { box-sizing: border-box }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
          -webkit-text-size-adjust: 100%; overflow-wrap: anywhere }
        main, footer { max-width: 68rem; margin: 0 auto; padding: 0 1rem }
        section { padding: 1.5rem 0 2rem } section + section { border-top: 1px solid var(--line) }
        h1 { font-size: clamp(1.25rem, 4vw, 1.75rem); line-height: 1.25; margin: 0 0 .5rem; font-weight: 650; letter-spacing: -.01em }
        .arrow { color: var(--faint); font-weight: 400 }
        h3 { font-size: 1.05rem; margin: 2rem 0 .75rem; font-weight: 650 } h3 small, summary small { color: var(--faint); font-weight: 400 }
        header p { display: flex; flex-wrap: wrap; gap: .25rem .9rem; align-items: center; margin: 0; color: var(--faint); font-size: .9rem }
        a { color: var(--accent) }
        .status { border-radius: 99px; padding: .1rem .7rem; font-weight: 600 }
        .good { color: var(--good); background: var(--good-paper) } .bad { color: var(--bad); background: var(--bad-paper) }
        .alert { background: var(--bad-paper); color: var(--bad); border-radius: .6rem; padding: .75rem 1rem; margin: 1.25rem 0 0 }
        ul { list-style: none; margin: 0; padding: 0 }
        .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: .6rem; margin-top: 1.25rem }
        .tiles li { background: var(--card); border-radius: .7rem; padding: .8rem .9rem; box-shadow: var(--shadow); border: 1px solid var(--line) }
        .tiles b { display: block; font-size: 1.7rem; line-height: 1.15; font-weight: 650; font-variant-numeric: tabular-nums }
        .tiles span { color: var(--faint); font-size: .85rem } .tiles small { display: block; color: var(--faint) }
        .tiles .zero b { color: var(--faint); font-weight: 400 }
        .failed:not(.zero) b, .left b { color: var(--bad) } .corrected:not(.zero) b { color: var(--accent) }
        .failures li, .notes li, .changes li { border-top: 1px solid var(--line); padding: .5rem 0 }
        .failures b, .changes b { font-weight: 600 } .failures span { display: block; color: var(--bad); font-size: .92rem }
        .changes li { display: flex; flex-wrap: wrap; gap: 0 .6rem; align-items: baseline } .changes b { flex: 1 1 12rem; font-weight: 500 }
        .changes small, .more, .quiet { color: var(--faint) }
        .tag { display: inline-block; font-size: .75rem; color: var(--faint); border: 1px solid var(--line); border-radius: .35rem;
          padding: 0 .4rem; background: var(--paper) }
        .delete .tag { color: var(--bad) }
        .cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); gap: .7rem }
        .cards li { background: var(--card); border: 1px solid var(--line); border-radius: .7rem; overflow: hidden; padding-bottom: .6rem;
          box-shadow: var(--shadow); font-size: .82rem; line-height: 1.35; content-visibility: auto; contain-intrinsic-size: auto 16rem }
        .cards li > :not(.pic):not(.tag) { display: block; margin: 0 .7rem } .cards .tag { margin: .15rem .7rem .2rem }
        .cards b { font-weight: 600; margin-top: .55rem !important } .cards s, .cards time { font-variant-numeric: tabular-nums }
        .cards s { color: var(--faint) } .cards em { color: var(--accent); font-style: normal; font-weight: 600 }
        .cards small { color: var(--bad); margin-top: .25rem !important }
        .pic { display: flex; aspect-ratio: 4 / 3; background: var(--line); align-items: center; justify-content: center; overflow: hidden }
        .pic img { width: 100%; height: 100%; object-fit: cover } .pic.none { background: repeating-linear-gradient(135deg, var(--line) 0 8px, var(--paper) 8px 16px) }
        .o2 img { transform: scaleX(-1) } .o3 img { transform: rotate(180deg) } .o4 img { transform: scaleY(-1) }
        .o5 img { transform: rotate(90deg) scaleY(-1) } .o6 img { transform: rotate(90deg) } .o7 img { transform: rotate(-90deg) scaleY(-1) }
        .o8 img { transform: rotate(-90deg) } :is(.o5, .o6, .o7, .o8) img { object-fit: contain }
        .timeline { background: var(--card); border: 1px solid var(--line); border-radius: .7rem; padding: .9rem 1rem .7rem; box-shadow: var(--shadow) }
        figure { margin: 0 0 .9rem } figcaption { display: flex; flex-wrap: wrap; gap: 0 .7rem; font-size: .88rem; margin-bottom: .25rem }
        figcaption b { font-weight: 600 } figcaption span, .axis, .legend { color: var(--faint) } figcaption em { color: var(--accent); font-style: normal }
        svg { display: block; width: 100%; height: 3rem } svg line { vector-effect: non-scaling-stroke; stroke-linecap: round }
        .before { stroke: var(--before); stroke-width: 2px; stroke-opacity: .7 } .after { stroke: var(--accent); stroke-width: 2px; stroke-opacity: .7 }
        .day { stroke: var(--line); stroke-width: 1px }
        .axis { display: flex; justify-content: space-between; gap: 1rem; font-size: .78rem; font-variant-numeric: tabular-nums }
        .axis time + time { text-align: right }
        .legend { font-size: .8rem; margin: .5rem 0 0 } .legend i { display: inline-block; width: .2rem; height: .9rem; border-radius: 1px;
          vertical-align: -.1rem; margin: 0 .3rem 0 .6rem } .legend i:first-child { margin-left: 0 }
        .legend .before { background: var(--before) } .legend .after { background: var(--accent) }
        details { margin-top: 2rem } summary { cursor: pointer; font-weight: 650; margin-bottom: .75rem }
        footer { color: var(--faint); font-size: .8rem; padding-top: 1rem; padding-bottom: 2rem }
        """
}
