"""channels: every lead source with its figures and how it stands to the whole; with --compare, two of them against each other."""

from __future__ import annotations

from argparse import Namespace

from salesanalytics.commands.asked import asked_against, asked_filters, asked_view
from salesanalytics.commands.output import as_json, write, write_records
from salesanalytics.errors import UserError
from salesanalytics.i18n import text
from salesanalytics.insight.channel_comparison import Comparison, compare
from salesanalytics.insight.channels import SHOWN, Channel, Channels, channels
from salesanalytics.insight.two_shares import Difference
from salesanalytics.store.workspace import open_workspace


def channel_report(args: Namespace) -> int:
    """Answer the channels. No dates = all time; every channel is listed, whatever their number."""
    filters = asked_filters(args)
    with open_workspace(args.workspace) as workspace:
        view, settings = asked_view(workspace, args), workspace.settings()
        found = channels(view, settings, filters, most=None)
        then = asked_against(workspace, args, found.as_of)
        former = channels(then, settings, filters, most=None) if then else None
        pair = None
        if args.compare:
            known = {source for one in found.channels for source in one.sources if source}
            for name in args.compare:
                if name not in known:
                    raise UserError("unknown-channel", name=name, known=", ".join(sorted(known)) or "—")
            pair = compare(view, settings, filters, *args.compare)
    if args.json:
        document: dict[str, object] = {
            "as_of": found.as_of,
            "from": found.start,
            "to": found.end,
            "channels": [_row(one, found) for one in found.channels],
            "total": _row(found.total, found),
        }
        if former:
            document |= _then(former)
        write(as_json(document | ({"comparison": _compared(pair)} if pair else {})))
        return 0
    write(text("cli.as-of-line", args.lang, as_of=found.as_of))
    write_records([_flat(one, found) for one in (*found.channels, found.total)])
    if former:
        write()
        write(text("cli.as-of-line", args.lang, as_of=former.as_of))
        write_records([_flat(one, former) for one in (*former.channels, former.total)])
    if pair:
        write()
        write_records([_flat_comparison(pair)])
    return 0


def _then(former: Channels) -> dict[str, object]:
    """The same channels as the date compared with knew them, by source."""
    return {
        "compared_with": former.as_of,
        "compared": {"channels": [_row(one, former) for one in former.channels], "total": _row(former.total, former)},
    }


def _row(one: Channel, found: Channels) -> dict[str, object]:
    figures = one.figures
    return {
        "source": one.sources[0] or None if one.sources else "*",
        **{name: figures.values[name] for name in SHOWN},
        "reached": {stage: one.reached.get(stage, 0) for stage in found.stages},
        "won_within": one.won,
        "old_enough": one.old_enough,
        "too_young": one.too_young,
        "low": one.low,
        "high": one.high,
        "standing": one.standing,
        "more_needed": one.more_needed,
        "n": dict(figures.n),
        "left_out": dict(figures.left_out),
    }


def _flat(one: Channel, found: Channels) -> dict[str, object]:
    row = _row(one, found)
    return {name: value for name, value in row.items() if name not in ("reached", "n", "left_out")} | dict(one.reached)


def _interval(difference: Difference | None) -> dict[str, float] | None:
    if difference is None:
        return None
    return {"difference": difference.value, "low": difference.low, "high": difference.high}


def _compared(found: Comparison) -> dict[str, object]:
    return {
        "a": found.a,
        "b": found.b,
        "won": [found.pair.k1, found.pair.k2],
        "leads": [found.pair.n1, found.pair.n2],
        "all": _interval(found.difference),
        "within_industries": _interval(found.within),
        "reversed": found.reversed,
        "more_needed": found.more_needed,
        "industries": [
            {
                "industry": one.name or None,
                "won": [one.pair.k1, one.pair.k2],
                "leads": [one.pair.n1, one.pair.n2],
                "all": _interval(one.difference),
            }
            for one in found.strata
        ],
    }


def _flat_comparison(found: Comparison) -> dict[str, object]:
    both = {"all": found.difference, "within industries": found.within}
    sides = {
        found.a: f"{found.pair.k1} / {found.pair.n1}",
        found.b: f"{found.pair.k2} / {found.pair.n2}",
    }
    return sides | {
        f"{name} {part}": getattr(difference, part) if difference else None
        for name, difference in both.items()
        for part in ("value", "low", "high")
    }
