<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" sourcelanguage="en">
<context>
    <name>ohmstead</name>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_words.py"/>
        <source>({start} to {end})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/first_run.py"/>
        <source>17 characters or a QR code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_view.py"/>
        <source>17 letters and numbers. Capitals do not matter, O counts as 0 and I as 1, pasting works.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_parts.py"/>
        <source>30 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_parts.py"/>
        <source>7 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/widgets/label_card.py"/>
        <source>A QR code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/settings_words.py"/>
        <source>A backup is being checked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/settings_words.py"/>
        <source>A backup is being written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/tour.py"/>
        <source>A bar is a quarter hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_why.py"/>
        <source>A bid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts_trouble.py"/>
        <source>A block from the future</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/settings_words.py"/>
        <source>A checked copy of this home's history, with its keys sealed by the recovery sheet's words.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts.py"/>
        <source>A clock is wrong</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/ledger_evidence.py"/>
        <source>A day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_why.py"/>
        <source>A day now takes {times} times a day of {month}, your lightest month.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_privacy.py"/>
        <source>A day’s sum</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>A few metres are best, without a thick wall in between. Press its button once more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/first_run.py"/>
        <source>A few metres, for a minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/ledger_evidence.py"/>
        <source>A file that proves these hours to somebody who trusts neither you nor this program: pages, proofs, the block and its signatures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_invite.py"/>
        <source>A group fits your home</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>A guardian’s key of the month is missing, so nothing could be stated.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>A later offer for the same quarter hour took its place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/settings_words.py"/>
        <source>A ledger node that you trust, run by somebody else. It is asked whether it knows the same history as your meter. Leave it empty to ask nobody.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_why.py"/>
        <source>A little more, a little less</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>A lot already has that quarter hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_lots.py"/>
        <source>A lot is a whole block of energy, sold at once: the highest sealed bid wins and pays what the second one said. Good for an afternoon's surplus that one neighbour can use.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/market_typed.py"/>
        <source>A lot lasts at most {n} hours.</source>
        <extracomment>For one: A lot lasts at most {n} hour.</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>A meter keeps its key for life. If yours was exchanged, pair the new one as a home of its own; the old one's history stays.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_privacy.py"/>
        <source>A month’s shape of the day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>A newer offer is there already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_typed.py"/>
        <source>A number of people, from 1 to {most}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts_trouble.py"/>
        <source>A page between {n} and {end} was changed after it was signed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts_trouble.py"/>
        <source>A page is missing or was changed. What was verified before stays.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_sections.py"/>
        <source>A page that was changed, two histories, a meter that came back with another key, a price in the market that does not follow from its orders, a comparison that does not check out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>A phone or another computer is in contact with it. Let that finish, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/pairing_faces.py"/>
        <source>A picture of the QR code compares all of it, not just six words.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/pairing_faces.py"/>
        <source>A picture of the QR code on the label finds the meter by itself, and needs no typing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/money.py"/>
        <source>A price is not below zero.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>A price outside the ledger's bounds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/receipt.py"/>
        <source>A quarter hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/sidebar_parts.py"/>
        <source>A real home's recorded year, its solar roof made {times} times as large, moved by whole weeks to end now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/sidebar_parts.py"/>
        <source>A real home's recorded year, moved by whole weeks to end now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/sidebar_parts.py"/>
        <source>A simulated home: no measurement stands behind its readings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/widgets/label_card.py"/>
        <source>A specimen of a meter's label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_invite.py"/>
        <source>A wrong group would compare what cannot be compared, so there is no comparison. The members who keep the ledger can add a group.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_why.py"/>
        <source>A year before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>About</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_group.py"/>
        <source>About the average</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_why.py"/>
        <source>About {watts} W all through the night: {n} of a day’s {all} if it runs by day as well.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_hero.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_band.py"/>
        <source>About, kWh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_steps.py"/>
        <source>Accepted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/frame_commands.py"/>
        <location filename="../../app/ohmstead/ui/sidebar_parts.py"/>
        <source>Add a home…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/pairing_faces.py"/>
        <source>Add the picture…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>After a change, log out and in again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_orders.py"/>
        <source>Against feed-in alone: {money}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_orders.py"/>
        <source>Against retail alone: {money}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_tables.py"/>
        <source>Age</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_now.py"/>
        <source>Ages on this page are wrong until the clock is right.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_sections.py"/>
        <location filename="../../app/ohmstead/ui/pages/usage_header.py"/>
        <source>All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_why.py"/>
        <source>All bids</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_sections.py"/>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_shape.py"/>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_time.py"/>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_why.py"/>
        <source>All homes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_sections.py"/>
        <source>All of the history is here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_why.py"/>
        <source>All orders of this quarter hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_privacy.py"/>
        <source>All other homes of a group together can work out the last one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_group.py"/>
        <source>All {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/notices.py"/>
        <source>All {n} hours are here, whole and checked on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/market_payout.py"/>
        <source>Amount</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts_trouble.py"/>
        <source>An answer was refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/neighbour_home.py"/>
        <source>An electric car is charged here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/receipt_offline.py"/>
        <source>An evidence file holds the pages, their proof, the block and who signed it. Whoever has the file can check it on a computer that never met your meter, without any network:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/ledger_evidence.py"/>
        <source>An hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_hero.py"/>
        <source>Another amount…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Another computer of this home has changed it. The list shows what stands now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>Another day is being checked. Wait for it, or stop it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_invite.py"/>
        <source>Another group…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Another key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Another ledger</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/receipt.py"/>
        <source>Another meter counts from here on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_words.py"/>
        <source>Another meter counts now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Another meter's key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>Another passphrase…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Another version</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_why.py"/>
        <source>Any price from {low} to {high} would please both sides; {rule}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_sections.py"/>
        <source>Appearance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_view.py"/>
        <source>Are these the six words on the label?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/neighbour_home.py"/>
        <source>Area and people decide which group fits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_steps.py"/>
        <source>Arrived, checked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_figures.py"/>
        <source>As a year before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_figures.py"/>
        <source>As a year before by now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_figures.py"/>
        <source>As last month by now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_figures.py"/>
        <source>As last week by now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_self.py"/>
        <source>As much as a year before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_self.py"/>
        <source>As much as four weeks before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_words.py"/>
        <source>As much as last week by now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_view.py"/>
        <source>As soon as pairing is open, this goes on by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_figures.py"/>
        <source>As the day before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_steps.py"/>
        <source>As the label says</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_figures.py"/>
        <source>As the month before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_sections.py"/>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_sections.py"/>
        <source>As the system ({region})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_figures.py"/>
        <source>As the week before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_steps.py"/>
        <source>As the words say</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_words.py"/>
        <location filename="../../app/ohmstead/ui/presenters/usage_figures.py"/>
        <source>As usual</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_words.py"/>
        <location filename="../../app/ohmstead/ui/presenters/usage_figures.py"/>
        <source>As usual by now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_figures.py"/>
        <source>As yesterday by now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Ask again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/market_payout.py"/>
        <source>Ask for a payout</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_commands.py"/>
        <location filename="../../app/ohmstead/ui/pages/market_wallet.py"/>
        <source>Ask for a payout…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_wallet.py"/>
        <source>Ask for free money back at any time. It waits, locked, until the treasury has paid it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/market_payout.py"/>
        <source>Ask for it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/settings_words.py"/>
        <source>Asking it…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_lots.py"/>
        <location filename="../../app/ohmstead/ui/pages/market_sections.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_lots.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_orders.py"/>
        <source>At least</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/settings_words.py"/>
        <location filename="../../app/ohmstead/ui/presenters/unlocking.py"/>
        <source>At least {n} characters. Three or four unrelated words are good.</source>
        <extracomment>For one: At least {n} character. Three or four unrelated words are good.</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/market_amount.py"/>
        <location filename="../../app/ohmstead/ui/dialogs/market_lot.py"/>
        <location filename="../../app/ohmstead/ui/dialogs/market_standing.py"/>
        <source>At least, a kWh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_hero.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_band.py"/>
        <source>At least, kWh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_orders.py"/>
        <source>At most</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/market_standing.py"/>
        <source>At most a day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/market_amount.py"/>
        <location filename="../../app/ohmstead/ui/dialogs/market_standing.py"/>
        <source>At most, a kWh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/market_lot.py"/>
        <source>At most, a kWh, fee included</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_hero.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_band.py"/>
        <source>At most, kWh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_why.py"/>
        <source>At {price} exactly both sides are content.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_now.py"/>
        <source>At {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/reader_page.py"/>
        <source>Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>Back up this home</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_page.py"/>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>Back up…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/settings_words.py"/>
        <source>Backed up to {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>Backup</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_wallet.py"/>
        <source>Barred until {time}: sealed orders were not opened on three days. Money can still be paid out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_header.py"/>
        <source>Bars</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/receipt.py"/>
        <source>Before your meter's first page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Being taken back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/market_amount.py"/>
        <location filename="../../app/ohmstead/ui/dialogs/market_lot.py"/>
        <source>Between</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_group.py"/>
        <source>Between efficient and average</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/market_lot.py"/>
        <location filename="../../app/ohmstead/ui/pages/market_why.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_why.py"/>
        <source>Bid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/market_amount.py"/>
        <source>Bid for an amount</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/market_amount.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <source>Bid for it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/market_lot.py"/>
        <source>Bid on a lot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_lots.py"/>
        <source>Bid on it…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_lots.py"/>
        <location filename="../../app/ohmstead/ui/pages/market_why.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_lots.py"/>
        <source>Bids</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_lots.py"/>
        <source>Bids are sealed until {gate}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/market_lot.py"/>
        <source>Bids are taken until {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <source>Bids stand for up to {energy}, from {price} down.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <source>Bids stand for {energy} at {price} or less.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <source>Bids stand for {energy}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts_trouble.py"/>
        <source>Block {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_histories.py"/>
        <source>Block {n} as it came after</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_histories.py"/>
        <source>Block {n} as it was known here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Bluetooth does not answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_now.py"/>
        <location filename="../../app/ohmstead/ui/presenters/ledger.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_page.py"/>
        <location filename="../../app/ohmstead/ui/presenters/meter_state.py"/>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_page.py"/>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <location filename="../../app/ohmstead/ui/tray.py"/>
        <source>Bluetooth is off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_histories.py"/>
        <source>Both agree up to here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_why.py"/>
        <source>Both bars are of {month}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_histories.py"/>
        <source>Both blocks are kept as evidence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_view.py"/>
        <source>Both come back once, to be sure of it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_sections.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Bought</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_orders.py"/>
        <source>Bought in {month} for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_notices.py"/>
        <source>Bought {energy} at {price}: {came_to}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_brief.py"/>
        <source>Bought {energy} in the market today for {money}, {against}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_brief.py"/>
        <source>Bought {energy} in the market today for {money}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Bought, {what}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_steps.py"/>
        <source>Bring the first page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_view.py"/>
        <source>Bringing the first page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Busy with another device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_page.py"/>
        <source>Buy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/market_standing.py"/>
        <source>Buy from neighbours every day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <source>Buy it from neighbours for {price} or less?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <source>Buy it from neighbours up to {price}, more if cheaper?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_why.py"/>
        <source>Buyers pay {fee} a kWh more, the fee.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/widgets/calendar.py"/>
        <source>Calendar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Came too late</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/confirm.py"/>
        <location filename="../../app/ohmstead/ui/dialogs/label.py"/>
        <location filename="../../app/ohmstead/ui/dialogs/market_form.py"/>
        <location filename="../../app/ohmstead/ui/dialogs/neighbour_home.py"/>
        <location filename="../../app/ohmstead/ui/dialogs/passphrase.py"/>
        <location filename="../../app/ohmstead/ui/dialogs/recovery.py"/>
        <location filename="../../app/ohmstead/ui/pages/ledger_evidence.py"/>
        <location filename="../../app/ohmstead/ui/pages/pairing_page.py"/>
        <location filename="../../app/ohmstead/ui/presenters/pairing_view.py"/>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_tables.py"/>
        <source>Certificate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts.py"/>
        <source>Certificate not asked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts_trouble.py"/>
        <source>Certificate refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts.py"/>
        <source>Certificate withdrawn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/receipt.py"/>
        <source>Certified for a recorded past, played again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_sections.py"/>
        <source>Changes at once, charts too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Check again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_commands.py"/>
        <source>Check every shape of the newest month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_privacy.py"/>
        <source>Check every shape of {month}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_commands.py"/>
        <source>Check every statement of the newest day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_privacy.py"/>
        <source>Check every statement of {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/ledger_page.py"/>
        <source>Check everything again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/ledger_page.py"/>
        <location filename="../../app/ohmstead/ui/pages/receipt_drawer.py"/>
        <location filename="../../app/ohmstead/ui/pages/receipt_offline.py"/>
        <source>Check it without Ohmstead</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_steps.py"/>
        <source>Check its certificate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_steps.py"/>
        <source>Check the first block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_sections.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_prices.py"/>
        <source>Checked here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/receipt.py"/>
        <source>Checked on this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_notices.py"/>
        <source>Checked on this computer, it does not hold. Its figures are not drawn.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>Checking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/ledger_page.py"/>
        <source>Checking everything from the first block on…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_view.py"/>
        <source>Checking how the ledger begins</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/receipt_drawer.py"/>
        <source>Checking it…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_view.py"/>
        <source>Checking the meter's certificate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>Choose a backup</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/label.py"/>
        <source>Choose a file, drop it here, or paste it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/unlocking.py"/>
        <source>Choose a passphrase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/picture_intake.py"/>
        <source>Choose a picture of the QR code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>Choose a picture of the sheet's code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/label.py"/>
        <source>Choose a picture…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_view.py"/>
        <source>Choose the meter whose mark is on your label.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_page.py"/>
        <source>Click for its receipt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/tour.py"/>
        <source>Click one, or walk to it with the arrow keys and press Enter. Its receipt shows every step from the meter's register to this picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/charts/heat_map.py"/>
        <location filename="../../app/ohmstead/ui/pages/home_page.py"/>
        <location filename="../../app/ohmstead/ui/pages/usage_page.py"/>
        <source>Click to open the day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_page.py"/>
        <source>Click to open the month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage.py"/>
        <location filename="../../app/ohmstead/ui/presenters/usage_words.py"/>
        <source>Clock in doubt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/recovery.py"/>
        <location filename="../../app/ohmstead/ui/help_sheet.py"/>
        <location filename="../../app/ohmstead/ui/pages/ledger_page.py"/>
        <location filename="../../app/ohmstead/ui/pages/page_faces.py"/>
        <location filename="../../app/ohmstead/ui/pages/receipt_offline.py"/>
        <location filename="../../app/ohmstead/ui/pages/settings_page.py"/>
        <location filename="../../app/ohmstead/ui/pages/usage_page.py"/>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/receipt_drawer.py"/>
        <source>Close the receipt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_orders.py"/>
        <source>Closed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Closed, being opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Closed, bids being opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/pairing_code.py"/>
        <source>Code on the label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_steps.py"/>
        <source>Compare six words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_commands.py"/>
        <source>Compare the last 30 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_commands.py"/>
        <source>Compare the last 7 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_commands.py"/>
        <source>Compare the last day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_invite.py"/>
        <source>Compare with homes like yours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_commands.py"/>
        <location filename="../../app/ohmstead/ui/pages/usage_view_menu.py"/>
        <source>Compare with nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_commands.py"/>
        <location filename="../../app/ohmstead/ui/pages/usage_view_menu.py"/>
        <source>Compare: {what}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_invite.py"/>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_page.py"/>
        <source>Comparing is paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_steps.py"/>
        <source>Complete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/label.py"/>
        <source>Confirm this home by its label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Connection broke</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_view.py"/>
        <source>Continue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_why.py"/>
        <source>Cooking, light and leisure fall here; so does a car that is plugged in after work.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/crash.py"/>
        <location filename="../../app/ohmstead/ui/pages/receipt_offline.py"/>
        <source>Copied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_deeds.py"/>
        <source>Copied the reference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/ledger_page.py"/>
        <source>Copied: at one height, everybody must have the same lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_wallet.py"/>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_header.py"/>
        <source>Copy or save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/label_window.py"/>
        <source>Copy the code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/receipt_offline.py"/>
        <source>Copy the command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_wallet.py"/>
        <source>Copy the reference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_commands.py"/>
        <source>Copy the reference for paying in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/crash.py"/>
        <source>Copy the report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_commands.py"/>
        <source>Copy the values shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/ledger_content.py"/>
        <location filename="../../app/ohmstead/ui/pages/ledger_page.py"/>
        <source>Copy this block for comparing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_export.py"/>
        <source>Copy values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/frame_commands.py"/>
        <location filename="../../app/ohmstead/ui/pages/reader_page.py"/>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>Credits and licences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_sections.py"/>
        <source>Currency</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_sections.py"/>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>Data and safety</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/quantities.py"/>
        <source>Data used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/market_form.py"/>
        <location filename="../../app/ohmstead/ui/pages/neighbour_parts.py"/>
        <location filename="../../app/ohmstead/ui/pages/neighbour_sections.py"/>
        <location filename="../../app/ohmstead/ui/pages/usage_header.py"/>
        <source>Day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/widgets/calendar.py"/>
        <source>Days of the month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_parts.py"/>
        <source>Days that are compared</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>Deletes its history, its keys and its settings from this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_sections.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Delivered and paid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/homes.py"/>
        <source>Demonstration home</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_invite.py"/>
        <source>Describe it differently…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_commands.py"/>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_invite.py"/>
        <source>Describe my home…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>Detached house</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/tour.py"/>
        <source>Did your meter sign them, is its key to be trusted, are all of them here, and of when are they? Each is checked on this computer and said by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>District heating</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/finding.py"/>
        <source>Do</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/home_neighbours.py"/>
        <source>Do not ask again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Do not pair, and tell whoever installed the meter. It needs another set-up, or another label.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_hero.py"/>
        <source>Do this every day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/reader_page.py"/>
        <source>Document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Does not hold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/tour.py"/>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>Due after midnight</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_time.py"/>
        <source>Each month over the same days on both sides; your own days with gaps are left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_orders.py"/>
        <source>Each order locks {lock}, the same for everybody, until it is decided.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_orders.py"/>
        <source>Each quarter hour had its price, from {low} to {high}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_orders.py"/>
        <source>Earned in {month}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_sections.py"/>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_group.py"/>
        <source>Efficient</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Either both sides know each other or neither does. Trying again finds out which.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_now.py"/>
        <source>Either the ledger has stopped, or something on the way holds back what is newer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Either the meter follows another ledger, or someone changed what it sends. Tell whoever installed the meter. What failed: {detail}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>Electric heaters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/quantities.py"/>
        <source>Electricity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_sections.py"/>
        <source>Encrypted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_lots.py"/>
        <location filename="../../app/ohmstead/ui/pages/market_sections.py"/>
        <location filename="../../app/ohmstead/ui/pages/market_why.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_lots.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_orders.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_why.py"/>
        <source>Energy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/charts/energy_chart.py"/>
        <source>Energy chart</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/market_amount.py"/>
        <location filename="../../app/ohmstead/ui/dialogs/market_lot.py"/>
        <source>Energy in all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_band.py"/>
        <source>Energy you need today. 8 of 10 such days stay in the band.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_band.py"/>
        <source>Energy you need tomorrow. 8 of 10 such days stay in the band.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_steps.py"/>
        <source>Enter its code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_view.py"/>
        <source>Enter the code from your meter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>Erase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>Erase this home</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>Erase {name} from this computer?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>Erase…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage.py"/>
        <location filename="../../app/ohmstead/ui/presenters/usage_words.py"/>
        <source>Estimated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/receipt.py"/>
        <source>Estimated by the meter: recorded, never certified.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_sections.py"/>
        <source>Every auction</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_lots.py"/>
        <source>Every bid locks {lock}, whatever it says.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/receipt_offline.py"/>
        <source>Every byte is described in the protocol text, so that other people can write other programs for it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_sections.py"/>
        <source>Every day of the group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_shape.py"/>
        <source>Every home’s shape and the sum were checked on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger.py"/>
        <source>Every hour has a page.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/ledger.py"/>
        <source>Every hour has a page. In {n} months the meter itself was without a reading; that is proven too.</source>
        <extracomment>For one: Every hour has a page. In one month the meter itself was without a reading; that is proven too.</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_wallet.py"/>
        <source>Every movement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger.py"/>
        <source>Every reading since {day} is here, whole and unaltered.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_group.py"/>
        <source>Every statement and the sum were checked on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_time.py"/>
        <source>Every statement checked here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbours_page.py"/>
        <source>Every statement holds, and they come to the sum.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_sections.py"/>
        <source>Everything that left this home</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/frame_commands.py"/>
        <location filename="../../app/ohmstead/ui/help_sheet.py"/>
        <location filename="../../app/ohmstead/ui/tour.py"/>
        <source>Everywhere</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/ledger_page.py"/>
        <source>Evidence needs the whole history, and that it holds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/unlocking.py"/>
        <source>Fair: enough against guessing by hand.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_why.py"/>
        <source>Fetching the orders of that quarter hour…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/frame_commands.py"/>
        <source>Find a page, a command or a day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_steps.py"/>
        <source>Find the meter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_view.py"/>
        <source>Find your meter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_tables.py"/>
        <source>First block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_done.py"/>
        <source>First page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>Flat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_page.py"/>
        <source>Follow the system's light and dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_sections.py"/>
        <source>For what you sell. Leave it empty if you sell nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/home_words.py"/>
        <source>For {n} of them the clock is in doubt.</source>
        <extracomment>For one: For {n} of them the clock is in doubt.</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_commands.py"/>
        <source>Foresee again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_steps.py"/>
        <source>Found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_why.py"/>
        <source>Found in your own readings. No neighbour is needed for it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/preparing.py"/>
        <source>Founding a ledger and starting its node.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_self.py"/>
        <source>Four weeks of readings are compared with the four before, a year’s with the year before.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_wallet.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_wallet.py"/>
        <source>Free</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/market_form.py"/>
        <location filename="../../app/ohmstead/ui/pages/market_hero.py"/>
        <location filename="../../app/ohmstead/ui/presenters/ledger_tables.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_band.py"/>
        <source>From</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>From a backup…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>From a recovery sheet…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/charts/legend.py"/>
        <location filename="../../app/ohmstead/ui/pages/neighbour_parts.py"/>
        <location filename="../../app/ohmstead/ui/presenters/home_words.py"/>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_group.py"/>
        <location filename="../../app/ohmstead/ui/presenters/quantities.py"/>
        <location filename="../../app/ohmstead/ui/presenters/usage_figures.py"/>
        <location filename="../../app/ohmstead/ui/presenters/usage_words.py"/>
        <source>From the grid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_words.py"/>
        <source>From the grid so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_view_menu.py"/>
        <source>From the grid, sun, sold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_steps.py"/>
        <source>From the meter's label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_tables.py"/>
        <source>From there to here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/tour.py"/>
        <source>From your meter through the ledger to this computer. Where something does not hold, the line ends there and says what happened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/market_lot.py"/>
        <source>From {least} to {most}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <location filename="../../app/ohmstead/ui/presenters/quantities.py"/>
        <source>Gas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/quantities.py"/>
        <source>Gas used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/preparing.py"/>
        <source>Getting ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/tour.py"/>
        <source>Go anywhere in words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/reader_page.py"/>
        <source>Go back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_commands.py"/>
        <source>Go back by one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Go nearer to it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_view.py"/>
        <source>Go nearer: a few metres are best, without a thick wall in between.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/crash.py"/>
        <location filename="../../app/ohmstead/ui/pages/market_forms.py"/>
        <location filename="../../app/ohmstead/ui/pages/neighbour_content.py"/>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_invite.py"/>
        <source>Go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/tray.py"/>
        <source>Go on bringing the history in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_commands.py"/>
        <source>Go on by one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_commands.py"/>
        <location filename="../../app/ohmstead/ui/pages/neighbour_sections.py"/>
        <source>Go on comparing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/frame_commands.py"/>
        <source>Go on with the incoming history</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/frame_commands.py"/>
        <location filename="../../app/ohmstead/ui/palette.py"/>
        <location filename="../../app/ohmstead/ui/presenters/finding.py"/>
        <source>Go to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_commands.py"/>
        <source>Go to today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/sidebar_parts.py"/>
        <source>Go to…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing.py"/>
        <source>Good signal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_now.py"/>
        <source>Grid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_sections.py"/>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_shape.py"/>
        <source>Group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>Guardian {name} did not share within 14 days, so it is closed for ever.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_sections.py"/>
        <source>Guardians and their keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_privacy.py"/>
        <source>Guardians erase a month’s key after sixteen days. That is a promise; what was encrypted stays on the ledger.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <source>Handed to the meter; it begins once the ledger has it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/first_run.py"/>
        <source>Have its label in view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_header.py"/>
        <source>Heat map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/charts/heat_map.py"/>
        <source>Heat map of the year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>Heat pump</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/neighbour_home.py"/>
        <source>Heated floor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/neighbour_home.py"/>
        <source>Heating</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_why.py"/>
        <source>Heating, cooling and light follow the season, and so does the sun on a roof. Not corrected for weather.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_words.py"/>
        <source>Here so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/market_prices.py"/>
        <source>Here {n} orders usually stand behind a price: that is thin.</source>
        <extracomment>For one: Here {n} order usually stands behind a price: that is thin.</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/main_window.py"/>
        <location filename="../../app/ohmstead/ui/pages/home_commands.py"/>
        <location filename="../../app/ohmstead/ui/pages/home_page.py"/>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <location filename="../../app/ohmstead/ui/presenters/home.py"/>
        <source>Home</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/homes.py"/>
        <source>Home {mark}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/frame_commands.py"/>
        <location filename="../../app/ohmstead/ui/sidebar_parts.py"/>
        <source>Home: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/frame_commands.py"/>
        <location filename="../../app/ohmstead/ui/pages/neighbour_parts.py"/>
        <location filename="../../app/ohmstead/ui/pages/neighbour_sections.py"/>
        <source>Homes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_brief.py"/>
        <source>Homes like yours: {lead}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_page.py"/>
        <source>Homes of this kind: {group}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_sections.py"/>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_shape.py"/>
        <source>Hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_view_menu.py"/>
        <source>Hours and days as a heat map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_words.py"/>
        <source>Hours without a key here are on the ledger, but not in the totals.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_now.py"/>
        <source>House</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_now.py"/>
        <source>House {power}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/ledger_split.py"/>
        <source>How can this happen?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_commands.py"/>
        <location filename="../../app/ohmstead/ui/pages/neighbours_page.py"/>
        <source>How does the comparison work?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_commands.py"/>
        <location filename="../../app/ohmstead/ui/pages/market_page.py"/>
        <source>How does the market work?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/frame_commands.py"/>
        <location filename="../../app/ohmstead/ui/help_sheet.py"/>
        <location filename="../../app/ohmstead/ui/pages/home_commands.py"/>
        <location filename="../../app/ohmstead/ui/pages/home_page.py"/>
        <location filename="../../app/ohmstead/ui/pages/ledger_content.py"/>
        <location filename="../../app/ohmstead/ui/pages/ledger_page.py"/>
        <location filename="../../app/ohmstead/ui/pages/reader_page.py"/>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>How is this checked?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/market_standing.py"/>
        <source>How long</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_parts.py"/>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_group.py"/>
        <source>How many</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_parts.py"/>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_group.py"/>
        <source>How many homes used how much</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/ledger_evidence.py"/>
        <source>How much to save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_header.py"/>
        <source>How much to show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_header.py"/>
        <source>How to draw the year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/pairing_code.py"/>
        <source>I cannot find the label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>If it has Bluetooth built in, it may be turned off by its firmware or its manager.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>If it has Bluetooth built in, its Bluetooth service may not be running. Start it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/recovery_paper.py"/>
        <source>In Ohmstead: Settings, Data and safety, Restore, From a recovery sheet. Choose a picture of the code, then type the words. Pair with the meter again by its label; its history follows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_prices.py"/>
        <source>In a market of 4 traders, one that says less than the truth can gain up to a third; with 50 it is under 1 %. In a thin book the middle price can jump: 10 Wh less on offer once moved it from 19 to 29 ct.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/receipt.py"/>
        <source>In a page of your meter's log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>In a sandbox, Ohmstead needs access to the system's Bluetooth service (org.bluez).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>In one quarter hour a home has an order or a lot, never both.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/receipt.py"/>
        <source>In page {n}, first of its four readings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/receipt.py"/>
        <source>In page {n}, fourth of its four readings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/receipt.py"/>
        <source>In page {n}, second of its four readings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/receipt.py"/>
        <source>In page {n}, third of its four readings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_orders.py"/>
        <source>In steps: {steps}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>In the last eight weeks this home sent nothing out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>In the last eight weeks this home took nothing from the grid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_privacy.py"/>
        <source>In the result</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Install the newest Ohmstead on this computer. Your meter stays as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/quantities.py"/>
        <source>Internet data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_content.py"/>
        <source>Is this your home?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>It could not be kept on this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>It did not reach the ledger before {gate}. Nothing was locked, nothing is owed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>It does not do what it is asked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>It does not hold the key on your label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/witness_words.py"/>
        <source>It has not come as far as your meter yet. It is asked again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>It is asked again by itself. If that lasts, turn Bluetooth off and on in the settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/ledger_content.py"/>
        <source>It is asked as soon as the first block is proven.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/passphrase.py"/>
        <source>It is asked for whenever Ohmstead starts. Nobody can find it again for you: without it, only the recovery sheet opens this home.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/unlocking.py"/>
        <source>It is left as it is. A backup or the recovery sheet brings the keys back. What is wrong: {detail}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/market_payout.py"/>
        <source>It is locked at once and waits until the treasury has paid it. You can take it back until then.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>It is not the meter that this home knows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts_trouble.py"/>
        <source>It is not used. What was verified before stays.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>It is not what the ledger records</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_invite.py"/>
        <source>It is off until you say so, and you can pause or leave at any time; nothing else depends on it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_page.py"/>
        <source>It is opened by itself as soon as your meter is in reach; then money can come in, see Wallet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_wallet.py"/>
        <source>It is opened by itself as soon as your meter is in reach; then money can come in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/market_amount.py"/>
        <source>It is spread evenly over the quarter hours, each of which has an auction of its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/witness_words.py"/>
        <source>It keeps another ledger than your meter's. Check the address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/witness_words.py"/>
        <source>It knows the same history as your meter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/market_lot.py"/>
        <source>It locks {bond} until it is delivered.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/unlocking.py"/>
        <source>It opens the keys of your home on this computer. It goes nowhere else.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/label_window.py"/>
        <source>It opens the meter for pairing, for two minutes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/witness_words.py"/>
        <source>It shows another history, signed as well. The Ledger page says more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>It shows the mark {mark} and knows the code, and yet its key is another one. It is not the meter whose label you have, whatever it says.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_invite.py"/>
        <source>It starts again with the next month’s keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>It takes two weeks of readings to know what is usual here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_invite.py"/>
        <source>It waits on this computer and goes to the meter as soon as that is in reach.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>It waits two minutes at most. Press its button and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts_trouble.py"/>
        <source>It was changed, or sealed wrongly by the meter. Its hour counts as recorded and is not shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/notices.py"/>
        <source>It was not heard for {n} hours. It goes on measuring; its readings come in once it is near.</source>
        <extracomment>For one: It was not heard for {n} hour. It goes on measuring; its readings come in once it is near.</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/witness_words.py"/>
        <source>It was not reached. It is asked again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>It was not signed for this meter, it has ended, or it was withdrawn. Ask whoever installed the meter. What failed: {detail}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>It was refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>It was refused.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>It was sealed and never opened in time, so what was locked went to the community fund. On three such days in thirty a home is barred for thirty days.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts_trouble.py"/>
        <source>It was set aside and kept. The history is read from the meter again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>It was stopped. What was checked so far says nothing of the rest.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/witness_words.py"/>
        <source>Its answer does not verify. Choose another witness.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_done.py"/>
        <source>Its certificate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_page.py"/>
        <source>Its figures are not drawn. What the check said: {words}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Its first block is not the one agreed on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_view.py"/>
        <source>Its first block is worked out again on this computer and has to come out the same.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_done.py"/>
        <source>Its label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger.py"/>
        <source>Its log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/first_run.py"/>
        <source>Its meter and its ledger run on this computer. Its readings are a real home's, of a past year.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/first_run.py"/>
        <source>Its meter and its ledger run on this computer. The home is simulated: nothing was measured.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/preparing.py"/>
        <source>Its meter, its ledger and the radio between them run on this computer, each as a program of its own, on a clock that runs through the past year; one operator signs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Its newest block comes from the future, as this clock sees it. Set the clock, then check again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Its owner can remove a phone or computer that is no longer used. Then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>Its readings can be had again from the meter, as long as the meter keeps them. Its keys only come back from a backup or a recovery sheet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Its readings would be proven by strangers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/neighbour_home.py"/>
        <source>Keep it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_sections.py"/>
        <source>Keep running when the window is closed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/receipt.py"/>
        <source>Key certified until {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/neighbour_home.py"/>
        <source>Kind of home</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/label_window.py"/>
        <source>Label of the demonstration meter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_sections.py"/>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_sections.py"/>
        <source>Language and region</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_why.py"/>
        <source>Last four weeks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/settings_words.py"/>
        <source>Last made on {day}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/settings_words.py"/>
        <source>Last made today.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/settings_words.py"/>
        <source>Last made yesterday.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_prices.py"/>
        <source>Last price</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_now.py"/>
        <source>Last reading just now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_now.py"/>
        <source>Last reading {span} ago</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_now.py"/>
        <source>Last reading {time}, {span} ago</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/neighbour_brief.py"/>
        <source>Last {n} days</source>
        <extracomment>For one: Last {n} day</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/receipt.py"/>
        <source>Late: {span} after its hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_deeds.py"/>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>Leave</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_deeds.py"/>
        <source>Leave the group?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_commands.py"/>
        <location filename="../../app/ohmstead/ui/pages/neighbour_sections.py"/>
        <source>Leave the group…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_commands.py"/>
        <source>Leave the zoom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/main_window.py"/>
        <location filename="../../app/ohmstead/ui/pages/ledger_page.py"/>
        <source>Ledger</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts.py"/>
        <source>Ledger as of {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts.py"/>
        <source>Ledger current</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts.py"/>
        <source>Ledger stale</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts.py"/>
        <source>Ledger {span} old</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/widgets/stepper.py"/>
        <source>Less</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_view.py"/>
        <source>Let another phone or computer that is in contact with the meter finish first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/picture_intake.py"/>
        <source>Let go of the picture here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/market_standing.py"/>
        <source>Let the meter do it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_commands.py"/>
        <source>Let the meter trade every day…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_sections.py"/>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_sections.py"/>
        <source>Light or dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Lock came back, {what}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Lock lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/passphrase.py"/>
        <source>Lock with a passphrase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>Lock with a passphrase…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_wallet.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_orders.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_wallet.py"/>
        <source>Locked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Locked for {what}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Look again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/first_run.py"/>
        <source>Look around a demonstration home</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/home_page.py"/>
        <location filename="../../app/ohmstead/ui/presenters/home_now.py"/>
        <source>Look for it now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/home_commands.py"/>
        <source>Look for the meter now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/pairing_faces.py"/>
        <source>Looking for meters nearby</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_now.py"/>
        <location filename="../../app/ohmstead/ui/presenters/meter_state.py"/>
        <location filename="../../app/ohmstead/ui/tray.py"/>
        <source>Looking for your meter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_content.py"/>
        <location filename="../../app/ohmstead/ui/pages/market_lots.py"/>
        <source>Lots</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_orders.py"/>
        <source>Made by the meter under your standing instruction.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/label_window.py"/>
        <location filename="../../app/ohmstead/ui/widgets/label_card.py"/>
        <source>Mark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing.py"/>
        <source>Mark {mark}, good signal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing.py"/>
        <source>Mark {mark}, strong signal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing.py"/>
        <source>Mark {mark}, weak signal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/main_window.py"/>
        <location filename="../../app/ohmstead/ui/pages/market_commands.py"/>
        <location filename="../../app/ohmstead/ui/pages/market_page.py"/>
        <source>Market</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_words.py"/>
        <source>Measured</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/receipt.py"/>
        <source>Measured by your meter</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/market_why.py"/>
        <source>Merit order of {n} orders.</source>
        <extracomment>For one: Merit order of {n} order.</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_sections.py"/>
        <source>Meter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts.py"/>
        <source>Meter certified</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/meter_state.py"/>
        <location filename="../../app/ohmstead/ui/tray.py"/>
        <source>Meter connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts.py"/>
        <source>Meter not certified</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/meter_state.py"/>
        <source>Meter out of reach</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_tables.py"/>
        <source>Meter's clock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_wallet.py"/>
        <source>Money in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_wallet.py"/>
        <source>Money out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_parts.py"/>
        <location filename="../../app/ohmstead/ui/pages/usage_header.py"/>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_self.py"/>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_time.py"/>
        <source>Month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/widgets/calendar.py"/>
        <source>Month after</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/widgets/calendar.py"/>
        <source>Month before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/ledger_content.py"/>
        <source>Month by month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_view_menu.py"/>
        <source>Months as bars</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_time.py"/>
        <source>Months stand beside each other here from the second on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/widgets/stepper.py"/>
        <source>More</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage.py"/>
        <source>More came in than went out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_why.py"/>
        <source>More on the weekend often means being at home, washing, and cooking; it says little about equipment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>More than one order may hold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>More than this connection carries</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>More than this home has ever sent out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage.py"/>
        <source>More went out than came in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_deeds.py"/>
        <source>Move</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_deeds.py"/>
        <source>Move to the other group?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_sections.py"/>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/main_window.py"/>
        <location filename="../../app/ohmstead/ui/pages/neighbour_commands.py"/>
        <location filename="../../app/ohmstead/ui/pages/neighbours_page.py"/>
        <source>Neighbours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_words.py"/>
        <source>Net</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_figures.py"/>
        <source>Net from the grid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_figures.py"/>
        <source>Net into the grid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_view_menu.py"/>
        <source>Net: from the grid less sold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Never opened, to the community fund, {what}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage.py"/>
        <location filename="../../app/ohmstead/ui/presenters/usage_words.py"/>
        <source>New meter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_header.py"/>
        <location filename="../../app/ohmstead/ui/presenters/tour.py"/>
        <source>Next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>No Bluetooth here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/picture_intake.py"/>
        <source>No QR code was found in this picture. Take it straight from the front, sharp, and in good light.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/first_run.py"/>
        <source>No account, no cloud</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>No auction</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_prices.py"/>
        <source>No auction has been held yet. Each quarter hour has one; its price stands here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_orders.py"/>
        <source>No bids yet. What you bid for stands here, from sealed to paid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts.py"/>
        <source>No block yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_invite.py"/>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_page.py"/>
        <source>No comparison this month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_time.py"/>
        <source>No day has been counted yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_invite.py"/>
        <source>No group fits your home yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/neighbour_home.py"/>
        <source>No group of this ledger fits such a home; then there is no comparison.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/receipt.py"/>
        <source>No key for this page is here: it is recorded, and cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage.py"/>
        <location filename="../../app/ohmstead/ui/presenters/usage_words.py"/>
        <source>No key here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>No key of guardian {name} for the month, so nothing could be stated.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_lots.py"/>
        <source>No lot is offered just now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/tray.py"/>
        <source>No meter is connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/pairing_faces.py"/>
        <source>No meter is heard yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/meter_state.py"/>
        <source>No meter paired</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_wallet.py"/>
        <source>No money has moved yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_words.py"/>
        <source>No new reading has come yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>No new readings come to this computer after that. To read it again, somebody has to stand at the meter and pair anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <source>No quarter hour of it is likely enough to offer. Type an amount if you know better.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <source>No quarter hour of it is open to bids any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/charts/legend.py"/>
        <location filename="../../app/ohmstead/ui/presenters/usage.py"/>
        <location filename="../../app/ohmstead/ui/presenters/usage_words.py"/>
        <source>No reading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage.py"/>
        <source>No reading at all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>No reading was given out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_privacy.py"/>
        <source>No result holds your home yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>No room for another device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>No witness is asked any more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/pairing_faces.py"/>
        <source>No, they differ</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/neighbour_privacy.py"/>
        <source>Nobody alone. Only all {n} guardians together could, and each works with the sum alone.</source>
        <extracomment>For one: Nobody but its guardian, who holds the only key.</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_lots.py"/>
        <source>Nobody bid {price} or more. Its energy can be offered by the quarter hour.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Nobody can change anything any more. The meter opens it, then the price is made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_steps.py"/>
        <source>Nobody else can listen in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/ledger_content.py"/>
        <source>None is set. A node that is not your meter's can say whether it knows the same history.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/ledger_content.py"/>
        <source>None of it was used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/settings_words.py"/>
        <source>None was made on this computer yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_self.py"/>
        <source>Not corrected for weather.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Not delivered in full, {what}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_time.py"/>
        <source>Not drawn: it does not check out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_shape.py"/>
        <source>Not enough whole days yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Not heard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing.py"/>
        <source>Not open for pairing: press its button.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Not permitted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Not proven</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home.py"/>
        <source>Not proven yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_words.py"/>
        <source>Not read yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/receipt.py"/>
        <source>Not recorded yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_why.py"/>
        <source>Not served</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts.py"/>
        <source>Not signed yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Not sold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>Not stated: no key this month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>Not stated: readings are missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>Not stated: the time was over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_sections.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Not taken, feed-in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Not the code of this meter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Not the right beginning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/pairing_code.py"/>
        <source>Not this one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_invite.py"/>
        <source>Not your home?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_figures.py"/>
        <source>Nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/receipt.py"/>
        <source>Nothing beyond this is believed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_self.py"/>
        <source>Nothing came from the grid a year before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_self.py"/>
        <source>Nothing came from the grid before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/palette.py"/>
        <source>Nothing fits that. Try a page, something to do, or a day like 11 January or last week.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/tray.py"/>
        <source>Nothing flows to or from the grid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_sections.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Nothing got, retail</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_privacy.py"/>
        <source>Nothing has left this home for a comparison.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Nothing is half paired</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_words.py"/>
        <source>Nothing is left out of what has been read so far.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_words.py"/>
        <source>Nothing is left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger.py"/>
        <location filename="../../app/ohmstead/ui/presenters/receipt.py"/>
        <source>Nothing is proven yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger.py"/>
        <source>Nothing is recorded yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/first_run.py"/>
        <source>Nothing leaves by itself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts.py"/>
        <source>Nothing left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <source>Nothing more is open today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <source>Nothing more to spare today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_now.py"/>
        <source>Nothing newer than {time} has come</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Nothing of it is used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_orders.py"/>
        <source>Nothing offered yet. What you offer stands here, from sealed to paid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts.py"/>
        <source>Nothing to count yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <source>Nothing to spare tomorrow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_page.py"/>
        <location filename="../../app/ohmstead/ui/presenters/meter_state.py"/>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_page.py"/>
        <source>Nothing verified yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_sections.py"/>
        <source>Nothing was heard of it for six hours.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Nothing was paired, nothing was stored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/settings_words.py"/>
        <source>Nothing was restored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Nothing was sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Nothing was sent: what is signed is kept first. {detail}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_privacy.py"/>
        <source>Nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_sections.py"/>
        <source>Notices</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_now.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_orders.py"/>
        <source>Now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_sections.py"/>
        <source>Numbers and dates of</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_why.py"/>
        <source>Offer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/market_lot.py"/>
        <source>Offer a lot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_commands.py"/>
        <location filename="../../app/ohmstead/ui/pages/market_lots.py"/>
        <source>Offer a lot…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/market_amount.py"/>
        <source>Offer an amount</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/market_amount.py"/>
        <location filename="../../app/ohmstead/ui/pages/market_hero.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <source>Offer it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <source>Offer it at {price} or more?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <source>Offer it from {price}, more at better prices?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/market_standing.py"/>
        <source>Offer the surplus every day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_page.py"/>
        <source>Offered. It is sealed when its time comes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_why.py"/>
        <source>Offers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Offers are taken until a quarter of an hour before. Later ones are still open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_why.py"/>
        <source>Offers from the cheapest up meet bids from the best down: {energy} change hands, all at one price.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Ohmstead may not use Bluetooth</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/first_run.py"/>
        <source>Ohmstead reads your own meter over Bluetooth, checks every reading on this computer, and keeps it here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <source>Ohmstead reckons with the ledger's reference. Give your own prices in Settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>Ohmstead sends nothing by itself: no statistics, no crash reports, no updates. It talks to your meter by Bluetooth, and to a witness if you name one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_sections.py"/>
        <source>Ohmstead starts in the background when you log in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>On Linux, your user must be allowed to: often by the group “bluetooth”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_prices.py"/>
        <source>On average</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>On its way</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>On its way back: the order stands until the ledger has taken that, at the latest by {gate}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <source>On one day in ten it is more than {energy}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_steps.py"/>
        <source>On the label and here</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>On the last {n} days the forecast was no better than repeating an earlier one.</source>
        <extracomment>For one: On the last {n} day the forecast was no better than repeating an earlier one.</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <location filename="../../app/ohmstead/ui/presenters/receipt.py"/>
        <source>On the ledger</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/receipt.py"/>
        <source>On the ledger in block {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_privacy.py"/>
        <source>On the ledger, left out of the sum</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <source>On the ledger, proven.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_privacy.py"/>
        <source>On the ledger, sum not opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/widgets/label_card.py"/>
        <source>On the meter's face or its door</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_sections.py"/>
        <source>Once, after pairing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>One at a time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/market_lot.py"/>
        <source>One block of energy, sold whole to the highest sealed bid, at the price of the second one. You get at least your own price; it is sold to nobody below.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing.py"/>
        <source>One character is wrong: the last one does not fit the others.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <source>One click bids for up to {energy} in {n} quarter hours.</source>
        <extracomment>For one: One click bids for up to {energy} in {n} quarter hour.</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <source>One click offers up to {energy} in {n} quarter hours.</source>
        <extracomment>For one: One click offers up to {energy} in {n} quarter hour.</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_privacy.py"/>
        <source>One home that leaves is faintly visible: over weeks, in how the group’s sums change.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>One of them has to make room</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>One order holds at most the same for everybody, so that it gives nothing away. Offer less.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/receipt.py"/>
        <source>One page holds one hour, sealed for you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_sections.py"/>
        <source>One sum for the day before, in the morning.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Only a computer that was paired as an owner can trade.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_why.py"/>
        <source>Only what came from the grid is compared: sun used at home is in nobody’s figure, and a group knows its homes by a few rough traits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/receipt_drawer.py"/>
        <source>Only what holds can be saved as evidence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_typed.py"/>
        <source>Only {free} are free.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_steps.py"/>
        <location filename="../../app/ohmstead/ui/presenters/unlocking.py"/>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/tray.py"/>
        <source>Open Ohmstead</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Open Settings, then Privacy &amp; security, then Radios.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Open System Settings, then Privacy &amp; Security, then Bluetooth.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_steps.py"/>
        <source>Open a private link</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>Open folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/label_window.py"/>
        <source>Open for pairing: {m} min {s} s left.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/recovery.py"/>
        <source>Open the backup</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_why.py"/>
        <source>Open the book as a table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_commands.py"/>
        <source>Open the book behind the price</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/market_lot.py"/>
        <source>Open the lot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_time.py"/>
        <source>Open until {date}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/preparing.py"/>
        <source>Open {name} instead</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_view.py"/>
        <source>Opening a private link</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_view.py"/>
        <source>Opening a private link…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/preparing.py"/>
        <source>Opening your home</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Or it was another meter's label: compare the mark, {mark} here. If the words differ again, do not pair, and tell whoever installed the meter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Or use another computer that has Bluetooth and stands near the meter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_content.py"/>
        <location filename="../../app/ohmstead/ui/pages/market_sections.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_prices.py"/>
        <source>Orders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_prices.py"/>
        <source>Orders behind a price</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Orders that were sealed were not opened on three days. Wallet says until when.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_content.py"/>
        <source>Over time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts_trouble.py"/>
        <source>Page {n} differs here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts_trouble.py"/>
        <source>Page {n} does not open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts_trouble.py"/>
        <source>Page {n} does not open under its own seal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts_trouble.py"/>
        <source>Page {n} was changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts_trouble.py"/>
        <source>Page {n} was changed after it was signed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/palette.py"/>
        <source>Page, command or day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_tables.py"/>
        <location filename="../../app/ohmstead/ui/sidebar.py"/>
        <source>Pages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts_trouble.py"/>
        <source>Pages {n} to {end} were changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Paid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Paid in, reference {reference}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Paid out to you, reference {reference}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Paid, partly delivered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/first_run.py"/>
        <source>Pair with your meter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_done.py"/>
        <source>Paired in {s} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/pairing_page.py"/>
        <source>Pairing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/label_window.py"/>
        <location filename="../../app/ohmstead/ui/widgets/label_card.py"/>
        <source>Pairing code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Pairing is not open any more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing.py"/>
        <source>Pairing is open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing.py"/>
        <source>Pairing stays open for {m} min {s} s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing.py"/>
        <source>Pairing stays open for {s} s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Pairing stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Pairing then stays open for two minutes, and this goes on by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/preparing.py"/>
        <source>Pairing with the meter, as its label says.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage.py"/>
        <source>Partly estimated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/passphrase.py"/>
        <location filename="../../app/ohmstead/ui/pages/unlock_page.py"/>
        <source>Passphrase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_why.py"/>
        <source>Patterns are no causes. Who is at home by day, a child, an illness or an old house show up here too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/sidebar_foot.py"/>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/tray.py"/>
        <source>Pause bringing the history in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_commands.py"/>
        <location filename="../../app/ohmstead/ui/pages/neighbour_sections.py"/>
        <source>Pause comparing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/frame_commands.py"/>
        <source>Pause the incoming history</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/sidebar_foot.py"/>
        <source>Paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_deeds.py"/>
        <source>Paused. Your meter states nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>Pausing or going on did not work</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_wallet.py"/>
        <source>Pay to the community's treasury and give this reference: it names your home on the ledger and nothing else. More than two thirds of the members, or the treasury they appointed, must book it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_wallet.py"/>
        <source>Pay to the community's treasury. More than two thirds of the members, or the treasury they appointed, must book it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Payout asked for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Payout taken back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/neighbour_home.py"/>
        <source>People who live here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_header.py"/>
        <source>Pick a day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_commands.py"/>
        <source>Pick a day…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/label_window.py"/>
        <location filename="../../app/ohmstead/ui/picture_intake.py"/>
        <source>Pictures ({endings})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Plug in a USB adapter for Bluetooth 4.2 or newer. It costs little.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_commands.py"/>
        <source>Post what is suggested</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/label_window.py"/>
        <source>Press the button</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <location filename="../../app/ohmstead/ui/presenters/pairing_steps.py"/>
        <location filename="../../app/ohmstead/ui/presenters/pairing_view.py"/>
        <source>Press the button on it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <location filename="../../app/ohmstead/ui/presenters/pairing_view.py"/>
        <source>Press the button on the meter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_view.py"/>
        <source>Press the button on the meter. Pairing then stays open for two minutes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_view.py"/>
        <source>Press the button on your meter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_view.py"/>
        <source>Press the button on your meter. It shows up here within seconds, by the mark on its label.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/tour.py"/>
        <source>Press {keys}, then type a page, something to do, or a day like 11 January.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_header.py"/>
        <source>Previous</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_lots.py"/>
        <location filename="../../app/ohmstead/ui/pages/market_sections.py"/>
        <location filename="../../app/ohmstead/ui/pages/market_why.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_lots.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_orders.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_prices.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_why.py"/>
        <source>Price</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_hero.py"/>
        <source>Price a kWh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_content.py"/>
        <location filename="../../app/ohmstead/ui/pages/settings_sections.py"/>
        <source>Prices</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Prices lie between feed-in and retail. The bounds have changed since: look again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_prices.py"/>
        <source>Prices of the last {days} days, between {low} and {high}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>Privacy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Probably the label of another meter</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/receipt.py"/>
        <source>Proof: {n} steps from this page to the root of your log</source>
        <extracomment>For one: Proof: {n} step from this page to the root of your log</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/ledger_content.py"/>
        <source>Proven</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger.py"/>
        <source>Proven against block {n}, {span} old. What came after it is not here yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger.py"/>
        <source>Proven against block {n}. This computer's clock is behind the ledger's.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/receipt.py"/>
        <source>Proven by the head of block {n}, signed by {k} of {of} validators</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_why.py"/>
        <source>Proven on the ledger, not recomputed on this computer yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger.py"/>
        <source>Proven {span} ago against block {n}. Nobody can change or leave out a past reading without this page saying so.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_prices.py"/>
        <source>Proven, not recomputed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>Put the keys into the keyring?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_sections.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_prices.py"/>
        <source>Quarter hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_now.py"/>
        <source>Quarter hour to {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_sections.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_orders.py"/>
        <source>Quarter hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/unlock_page.py"/>
        <location filename="../../app/ohmstead/ui/tray.py"/>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/home_commands.py"/>
        <location filename="../../app/ohmstead/ui/pages/usage_commands.py"/>
        <source>Read again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_steps.py"/>
        <source>Read from the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_commands.py"/>
        <source>Read the own days again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/frame_commands.py"/>
        <source>Read the protocol</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/ledger_evidence.py"/>
        <source>Readable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/frame_commands.py"/>
        <location filename="../../app/ohmstead/ui/pages/reader_page.py"/>
        <source>Reading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_parts.py"/>
        <source>Reading this home's file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_content.py"/>
        <source>Readings as a table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_sections.py"/>
        <source>Readings go on coming in. Ohmstead stays in the system tray.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_now.py"/>
        <source>Readings up to {time} are here and checked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_now.py"/>
        <source>Readings up to {time} are here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/receipt_drawer.py"/>
        <source>Receipt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_time.py"/>
        <source>Recomputed here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_time.py"/>
        <source>Recomputed here, without your home</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/market_why.py"/>
        <source>Recomputed on this computer from all {n} opened bids: same winner, same price.</source>
        <extracomment>For one: Recomputed on this computer from {n} opened bid: same winner, same price.</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/market_why.py"/>
        <source>Recomputed on this computer from all {n} opened orders: same price, same shares.</source>
        <extracomment>For one: Recomputed on this computer from {n} opened order: same price, same shares.</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_notices.py"/>
        <source>Recomputed on this computer, it comes to something else. The evidence is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_page.py"/>
        <source>Recomputed on this computer, it comes to something else: {reason}. The evidence shows it to anybody, without this program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_lots.py"/>
        <source>Recomputed on this computer: it does not follow from the bids.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_lots.py"/>
        <source>Recomputed on this computer: same winner, same price.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_why.py"/>
        <source>Recomputed on this computer: the orders give {computed}, the ledger says {stated}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/sidebar_parts.py"/>
        <source>Recorded demonstration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_tables.py"/>
        <source>Recorded late</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/receipt.py"/>
        <source>Recorded; in which block comes with the oldest pages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts_trouble.py"/>
        <source>Recording times refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/recovery.py"/>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <location filename="../../app/ohmstead/ui/recovery_paper.py"/>
        <source>Recovery sheet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/recovery.py"/>
        <source>Recovery sheet {mark}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>Recovery sheet…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_why.py"/>
        <source>Refrigeration, standby, ventilation, pumps, or a heater or a car that charges at night.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>Refused by the ledger</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_view.py"/>
        <source>Refused by the meter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Refused: {detail}. It is not used, and asked for again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_orders.py"/>
        <source>Refused: {reason}. Nothing was locked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_sections.py"/>
        <source>Region</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/receipt.py"/>
        <source>Register {obis}: not known at this time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/receipt.py"/>
        <source>Register {obis}: {end} kWh, no change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/receipt.py"/>
        <source>Register {obis}: {start} → {end} kWh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_sections.py"/>
        <source>Renamed to {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Replaced</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/crash.py"/>
        <source>Report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>Restore…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/sidebar_foot.py"/>
        <source>Resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/receipt.py"/>
        <source>Root in block {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_prices.py"/>
        <source>Same price</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_export.py"/>
        <source>Save as CSV</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_commands.py"/>
        <location filename="../../app/ohmstead/ui/pages/usage_export.py"/>
        <source>Save as CSV…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/recovery.py"/>
        <source>Save as PDF…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/ledger_evidence.py"/>
        <source>Save as…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_export.py"/>
        <source>Save drawing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_commands.py"/>
        <location filename="../../app/ohmstead/ui/pages/usage_export.py"/>
        <source>Save drawing (SVG)…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/ledger_evidence.py"/>
        <location filename="../../app/ohmstead/ui/pages/ledger_page.py"/>
        <location filename="../../app/ohmstead/ui/pages/market_deeds.py"/>
        <location filename="../../app/ohmstead/ui/pages/receipt_drawer.py"/>
        <source>Save evidence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/ledger_page.py"/>
        <location filename="../../app/ohmstead/ui/pages/market_content.py"/>
        <location filename="../../app/ohmstead/ui/pages/receipt_drawer.py"/>
        <source>Save evidence…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_export.py"/>
        <source>Save picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_commands.py"/>
        <location filename="../../app/ohmstead/ui/pages/usage_export.py"/>
        <source>Save picture…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/label_window.py"/>
        <source>Save the QR picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/label_window.py"/>
        <source>Save the QR picture…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_commands.py"/>
        <source>Save the evidence of a wrong price…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/ledger_content.py"/>
        <location filename="../../app/ohmstead/ui/pages/ledger_split.py"/>
        <source>Save the evidence…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/recovery.py"/>
        <source>Save the recovery sheet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/ledger_page.py"/>
        <source>Save what was refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/ledger_page.py"/>
        <source>Save what was refused…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/ledger_page.py"/>
        <location filename="../../app/ohmstead/ui/pages/market_page.py"/>
        <location filename="../../app/ohmstead/ui/pages/receipt_drawer.py"/>
        <location filename="../../app/ohmstead/ui/pages/settings_page.py"/>
        <location filename="../../app/ohmstead/ui/pages/usage_page.py"/>
        <source>Saved as {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/label_window.py"/>
        <source>Saved to {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/passphrase.py"/>
        <location filename="../../app/ohmstead/ui/presenters/unlocking.py"/>
        <source>Seal the keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/ledger_evidence.py"/>
        <location filename="../../app/ohmstead/ui/pages/market_sections.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_orders.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Sealed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Sealed on the ledger, proven. Nobody sees what is in it before {gate}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_page.py"/>
        <source>Sealed orders were not opened on three days in thirty. What you have stays yours.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_page.py"/>
        <source>Sections of Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_view.py"/>
        <source>See that Bluetooth is on in this computer's settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/first_run.py"/>
        <source>See what your home uses, and know that it is true</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_page.py"/>
        <source>Sell</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_page.py"/>
        <source>Selling or buying</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_why.py"/>
        <source>Served</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/ledger_content.py"/>
        <source>Set a witness in Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/main_window.py"/>
        <location filename="../../app/ohmstead/ui/pages/settings_page.py"/>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_sections.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_orders.py"/>
        <source>Settled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_content.py"/>
        <source>Shape of the day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_sections.py"/>
        <source>Share of the day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/home_parts.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_brief.py"/>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_brief.py"/>
        <source>Show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_header.py"/>
        <source>Show as a table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_commands.py"/>
        <source>Show buying</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_commands.py"/>
        <source>Show everything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_commands.py"/>
        <source>Show grid, sun and sold apart</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_brief.py"/>
        <source>Show how</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_commands.py"/>
        <source>Show lots</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_commands.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_brief.py"/>
        <source>Show orders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_commands.py"/>
        <source>Show prices</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_commands.py"/>
        <source>Show selling</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/home_parts.py"/>
        <source>Show that day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/home_page.py"/>
        <location filename="../../app/ohmstead/ui/pages/usage_trouble.py"/>
        <location filename="../../app/ohmstead/ui/presenters/home_now.py"/>
        <source>Show the Ledger</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_why.py"/>
        <source>Show the book as a chart</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_commands.py"/>
        <source>Show the comparison over time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_commands.py"/>
        <source>Show the day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_hero.py"/>
        <source>Show the forecast as a chart</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_hero.py"/>
        <source>Show the forecast as a table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_parts.py"/>
        <source>Show the homes as a chart</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_parts.py"/>
        <source>Show the homes as a table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_sections.py"/>
        <source>Show the hours as a chart</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_sections.py"/>
        <source>Show the hours as a table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_commands.py"/>
        <source>Show the month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_parts.py"/>
        <source>Show the months as a chart</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_parts.py"/>
        <source>Show the months as a table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_commands.py"/>
        <source>Show the net of bought and sold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_commands.py"/>
        <source>Show the privacy account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_commands.py"/>
        <source>Show the shape of the day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/tour.py"/>
        <source>Show the tour again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_commands.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_brief.py"/>
        <source>Show the wallet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_commands.py"/>
        <source>Show the week</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_commands.py"/>
        <source>Show the year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_commands.py"/>
        <source>Show the year as a heat map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/home_commands.py"/>
        <source>Show today in Usage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/frame_commands.py"/>
        <source>Show what can be done here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_brief.py"/>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_brief.py"/>
        <source>Show what is wrong</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_commands.py"/>
        <source>Show what sets you apart</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_commands.py"/>
        <source>Show {what}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_sections.py"/>
        <source>Shown in the sidebar and on the recovery sheet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Signed and kept on this computer. It goes to the meter as soon as that is in reach, at the latest by {gate}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_histories.py"/>
        <source>Signed by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_steps.py"/>
        <source>Signed by the certifier</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/receipt.py"/>
        <source>Signed by the meter's key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts.py"/>
        <source>Signed by your meter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_steps.py"/>
        <source>Signed, and in force</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/sidebar_parts.py"/>
        <source>Simulated demonstration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_words.py"/>
        <source>Since {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_histories.py"/>
        <source>Since {time} two different blocks of the same height are known here, both properly signed. That cannot happen by accident. This computer stays with the one that it knew first; the other is not used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/ledger_content.py"/>
        <location filename="../../app/ohmstead/ui/presenters/facts.py"/>
        <source>Single operator</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_tables.py"/>
        <source>Single operator: one machine holds all of these keys. That proves order and completeness, not independence.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/receipt.py"/>
        <source>Single operator: one machine holds all their keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_page.py"/>
        <source>Single operator: one party alone keeps this ledger, so nobody else saw when orders came</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_page.py"/>
        <source>Single operator: one party holds all guardians’ keys, so privacy is simulated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_privacy.py"/>
        <source>Single operator: one party holds all guardians’ keys, so this privacy is only simulated.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/label_window.py"/>
        <location filename="../../app/ohmstead/ui/presenters/pairing_done.py"/>
        <source>Six words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/tour.py"/>
        <source>Skip the tour</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/market_notices.py"/>
        <source>So do {n} other results.</source>
        <extracomment>For one: So does {n} other result.</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/charts/legend.py"/>
        <location filename="../../app/ohmstead/ui/presenters/home_words.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <location filename="../../app/ohmstead/ui/presenters/usage.py"/>
        <location filename="../../app/ohmstead/ui/presenters/usage_figures.py"/>
        <location filename="../../app/ohmstead/ui/presenters/usage_words.py"/>
        <source>Sold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Sold to another</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_notices.py"/>
        <source>Sold {energy} at {price}: {came_to}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_brief.py"/>
        <source>Sold {energy} in the market today for {money}, {against}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_brief.py"/>
        <source>Sold {energy} in the market today for {money}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_sections.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Sold, being delivered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Sold, to be paid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Sold, {what}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Someone may sit in between</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts_trouble.py"/>
        <location filename="../../app/ohmstead/ui/presenters/ledger_histories.py"/>
        <source>Someone signed two different histories</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>Something else</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_page.py"/>
        <source>Something in the market is not as the rule says</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_sections.py"/>
        <source>Something is not in order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Something outside the meter is in the way</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/crash.py"/>
        <source>Something went wrong</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/crash.py"/>
        <source>Something went wrong inside Ohmstead. Your readings and what was verified are not touched. Below is what its makers would need to mend it. It is not sent; copy it if you want to report it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_band.py"/>
        <source>Spare energy today. 8 of 10 such days stay in the band.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_band.py"/>
        <source>Spare energy tomorrow. 8 of 10 such days stay in the band.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_why.py"/>
        <source>Spread evenly</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/meter_state.py"/>
        <source>Stale, {n} days; verified to {time}</source>
        <extracomment>For one: Stale, {n} day; verified to {time}</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/meter_state.py"/>
        <source>Stale, {n} hours; verified to {time}</source>
        <extracomment>For one: Stale, {n} hour; verified to {time}</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/first_run.py"/>
        <source>Stand near your meter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Stand nearer to the meter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Start again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_sections.py"/>
        <source>Start with this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/preparing.py"/>
        <source>Starting the meter and the radio.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_lots.py"/>
        <location filename="../../app/ohmstead/ui/pages/market_sections.py"/>
        <location filename="../../app/ohmstead/ui/pages/market_why.py"/>
        <location filename="../../app/ohmstead/ui/pages/neighbour_sections.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_lots.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_orders.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_why.py"/>
        <location filename="../../app/ohmstead/ui/presenters/usage_words.py"/>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_deeds.py"/>
        <source>Stay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_why.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_why.py"/>
        <source>Step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/pairing_page.py"/>
        <source>Steps of pairing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts.py"/>
        <source>Still coming in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home.py"/>
        <source>Still in the meter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/receipt.py"/>
        <location filename="../../app/ohmstead/ui/presenters/usage.py"/>
        <location filename="../../app/ohmstead/ui/presenters/usage_words.py"/>
        <source>Still on its way</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_forms.py"/>
        <source>Stop buying every day?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_commands.py"/>
        <location filename="../../app/ohmstead/ui/pages/neighbour_sections.py"/>
        <source>Stop checking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_forms.py"/>
        <source>Stop it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_forms.py"/>
        <source>Stop offering every day?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_commands.py"/>
        <source>Stop trading every day…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbours_page.py"/>
        <source>Stopped. What was checked so far says nothing of the rest.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing.py"/>
        <source>Strong signal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/unlocking.py"/>
        <source>Strong: it holds even if the file is stolen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_now.py"/>
        <source>Sun</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_words.py"/>
        <location filename="../../app/ohmstead/ui/presenters/usage.py"/>
        <location filename="../../app/ohmstead/ui/presenters/usage_figures.py"/>
        <location filename="../../app/ohmstead/ui/presenters/usage_words.py"/>
        <source>Sun used at home</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_now.py"/>
        <source>Sun {power}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_commands.py"/>
        <source>Switch between chart and table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_commands.py"/>
        <source>Take all offers back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_hero.py"/>
        <source>Take it all back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_wallet.py"/>
        <location filename="../../app/ohmstead/ui/pages/market_why.py"/>
        <source>Take it back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_invite.py"/>
        <source>Take part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_commands.py"/>
        <source>Take part in the comparison</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_commands.py"/>
        <source>Take the chosen orders back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Taken back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Taken back before it was closed. What was locked came back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Takes bids</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>Terraced house</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_done.py"/>
        <source>That could not be stored. Try once more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_typed.py"/>
        <source>That is less than 1 Wh a quarter hour.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_typed.py"/>
        <source>That is more than a home has.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/money.py"/>
        <source>That is more than a kWh costs anywhere. Is the unit right?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_typed.py"/>
        <source>That is too soon: nobody could bid on it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_done.py"/>
        <source>That label names another ledger than your meter's. Do not rely on this home.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_done.py"/>
        <source>That picture is of another meter's label. The home stays “typed”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>That quarter hour is closed already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_typed.py"/>
        <source>That time is closed already. Choose a later one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>That took too long</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home.py"/>
        <source>The 24 hours to {time}: {grid} kWh from the grid, {sold} kWh sold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/picture_intake.py"/>
        <source>The QR code in this picture is not that of a meter's label.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/settings_words.py"/>
        <source>The backup was not written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_wallet.py"/>
        <source>The balance is proven on the ledger. Earlier movements are still coming in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_why.py"/>
        <source>The best bid did not reach the lowest offer, so nothing was traded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>The certifier does not vouch for this meter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts_trouble.py"/>
        <source>The chart here does not say what page {n} says</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_words.py"/>
        <source>The clock skipped this quarter hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>The code holds this home's keys, sealed by the sheet's words.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>The code is complete and typed without mistake, but it does not open the meter with the mark {mark}. Compare the mark on the label you read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/label_window.py"/>
        <source>The code is copied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_view.py"/>
        <source>The code is not complete yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>The connection broke</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts_trouble.py"/>
        <source>The copy in this computer's file is not the one that was proven. The meter still has it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/settings_words.py"/>
        <source>The copy is written and checked…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/ledger_evidence.py"/>
        <source>The day after</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/ledger_evidence.py"/>
        <location filename="../../app/ohmstead/ui/presenters/usage_figures.py"/>
        <source>The day before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_words.py"/>
        <source>The day's cost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/home_parts.py"/>
        <source>The days of this week</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/preparing.py"/>
        <source>The demonstration home is being made ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/settings_words.py"/>
        <source>The demonstration's keys lie beside their file: nothing in it is secret.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>The demonstration's keys need no lock.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>The disk would not take it. Make room or check the folder’s rights.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_sections.py"/>
        <source>The energy price with all taxes, for today's cost on Home.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_why.py"/>
        <source>The evening, 17:00 to 22:00</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts_trouble.py"/>
        <source>The file here did not verify</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/ledger_page.py"/>
        <location filename="../../app/ohmstead/ui/pages/usage_page.py"/>
        <source>The file was not written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/unlocking.py"/>
        <source>The file with your keys cannot be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger.py"/>
        <source>The first block comes with the first link to your meter; your history follows, newest first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>The first page was changed after it was signed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/receipt.py"/>
        <source>The first receipts come with the first pages.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_invite.py"/>
        <source>The first result comes on {date}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_why.py"/>
        <source>The four before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>The group’s log holds an entry that does not belong there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_page.py"/>
        <source>The group’s records are here without a gap</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_page.py"/>
        <source>The group’s records are still coming in; newer results may follow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_shape.py"/>
        <source>The group’s shape comes once a month, after the month’s end, if at least 15 homes state theirs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_why.py"/>
        <source>The highest bid wins and pays what the second one said, at least {least}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts_trouble.py"/>
        <source>The history differs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts_trouble.py"/>
        <source>The history here is not the one that the ledger records</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/settings_words.py"/>
        <source>The home</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/recovery_paper.py"/>
        <source>The home of the meter with the mark {mark}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/settings_words.py"/>
        <source>The home was not erased</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/ledger_evidence.py"/>
        <source>The hour after</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/ledger_evidence.py"/>
        <source>The hour before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/unlocking.py"/>
        <source>The keyring does not answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/unlock_page.py"/>
        <source>The keys are being opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/settings_words.py"/>
        <source>The keys are being sealed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/settings_words.py"/>
        <source>The keys are in the keyring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/settings_words.py"/>
        <source>The keys are moving to the keyring.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/settings_words.py"/>
        <source>The keys are sealed by your passphrase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/settings_words.py"/>
        <source>The keys are sealed by your passphrase, which is asked for at every start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_period.py"/>
        <source>The keys in it open all of {days}, counted in UTC.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/settings_words.py"/>
        <source>The keys lie in this system's keyring. A passphrase seals them instead, and is asked for at every start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/unlocking.py"/>
        <source>The keys of your home lie in this system's keyring. Unlock it, or start it, and try again. Without it nothing can be read, and nothing is lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/settings_words.py"/>
        <source>The keys stay where they are</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/settings_words.py"/>
        <source>The keys were not sealed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_view.py"/>
        <source>The label is read. The meter with the mark {mark} is here and waits for its button. As soon as pairing is open, this goes on by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_view.py"/>
        <source>The label is read. The meter with the mark {mark} is not heard yet: go nearer to it and press its button. As soon as pairing is open, this goes on by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/label_window.py"/>
        <source>The label's QR code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/home_page.py"/>
        <source>The last 24 hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_self.py"/>
        <source>The last four weeks from the grid: {now} a day. The four before: {then} a day. A year’s readings will make a fairer comparison.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_sections.py"/>
        <source>The last seven days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger.py"/>
        <source>The ledger</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/ledger_page.py"/>
        <source>The ledger cannot be shown now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>The ledger does not begin as it should</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/receipt.py"/>
        <source>The ledger has this hour's page; this computer has not. History comes in newest first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_view.py"/>
        <source>The ledger has to prove that the certifier admitted this meter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>The ledger is ahead of it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>The ledger knows no such group any more. Choose another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts_trouble.py"/>
        <source>The ledger now shows another history than the one that was proven here. It is not used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>The ledger stood still and the quarter hour had no auction. What was locked came back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_lots.py"/>
        <source>The ledger stood still. What was locked came back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_typed.py"/>
        <source>The ledger takes prices from {low} to {high}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_page.py"/>
        <source>The ledger was last heard a while ago</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts_trouble.py"/>
        <source>The ledger was shown older than it is known to be</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts_trouble.py"/>
        <source>The ledger's answer was refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <source>The ledger's calendar ends before tomorrow does.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_steps.py"/>
        <source>The ledger's own beginning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing.py"/>
        <source>The letter {letter} is never used in a code.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>The link ended before pairing was complete. Try again from where the signal is stronger.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts_trouble.py"/>
        <source>The log was rewritten</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/receipt_offline.py"/>
        <source>The long number is the ledger's first block, as your meter states it; this home's label was not scanned yet. Compare it with the label before you rely on it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/receipt_offline.py"/>
        <source>The long number is the ledger's first block. Take it from the label on your meter or from a member of the consortium: a file's own word for it would prove nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_sections.py"/>
        <source>The mark on its label.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_page.py"/>
        <source>The market opens on {date}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_tables.py"/>
        <source>The members are {names}. Nothing signed says whose key is whose.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_page.py"/>
        <source>The members who keep your ledger have not opened one. If they do, neighbours can buy and sell by the quarter hour here. Your readings and bills do not depend on it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbours_page.py"/>
        <source>The members who keep your ledger have set up no groups. If they do, you can see your home among homes like it here. Your readings and bills do not depend on it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/preparing.py"/>
        <source>The meter begins to publish its past.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>The meter belongs to another ledger than its label says</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>The meter came back with another key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_parts.py"/>
        <source>The meter closes a page every full hour, signs it and sends it here. Your history follows, newest first. You can leave Ohmstead open or close it; it goes on where it stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/receipt.py"/>
        <source>The meter closes a page every full hour. The receipt is here once the page is on the ledger.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>The meter could not prove who it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>The meter did not accept this code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>The meter forgets this computer. What is here stays and can still be looked at.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/settings_words.py"/>
        <source>The meter has forgotten this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>The meter has it and sends it when the ledger opens the quarter hour. This computer may be off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/receipt.py"/>
        <source>The meter has no reading of this quarter hour, and says so itself, signed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/settings_words.py"/>
        <source>The meter is being told.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>The meter is not heard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>The meter is out of reach</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <source>The meter is out of reach: new offers wait on this computer and go to it by themselves.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <source>The meter is out of reach: the offer waits here and goes by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_sections.py"/>
        <source>The meter is silent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>The meter knows this computer now and waits for its owner's word. Ask the owner to admit it, then ask again. The button on the meter is not needed for that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>The meter knows this computer, but no reading is shown. Leaving forgets the meter again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>The meter needs newer software. Whoever runs or installed it can bring it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/preparing.py"/>
        <source>The meter seals and publishes its past, hour by hour: {done} of {total} hours.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>The meter signs at most one and a half times the best hour of the last four weeks. Offer less.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>The meter signs no more than its connection can carry in a quarter hour. Offer less.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>The meter speaks a newer version of the link than this Ohmstead knows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>The meter speaks a version of the link that this Ohmstead no longer uses.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>The meter speaks over Bluetooth Low Energy. With an adapter, the search begins by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>The meter stopped waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_view.py"/>
        <source>The meter takes note of this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/settings_words.py"/>
        <source>The meter was not told</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts_trouble.py"/>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>The meter's certificate does not hold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/receipt.py"/>
        <source>The meter's clock was in doubt: the amount holds, its time may not.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger.py"/>
        <source>The meter's first page comes within the hour.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/receipt.py"/>
        <source>The meter's log begins later than this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_figures.py"/>
        <source>The month before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_wallet.py"/>
        <source>The movements below add up to this balance, proven on the ledger.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_sections.py"/>
        <source>The name is gone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts_trouble.py"/>
        <source>The newest block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>The newest reading is more than two days old.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_group.py"/>
        <source>The newest result is {days} old.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_invite.py"/>
        <source>The next day is counted anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_why.py"/>
        <source>The night, 1:00 to 5:00</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts_trouble.py"/>
        <source>The numbers in this computer's file were changed. The page itself is whole.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>The orders behind this price are not here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_histories.py"/>
        <source>The other block is not used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>The owner has to admit this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>The passphrase is then no longer asked for. Whoever is logged in as you can open this home.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts_trouble.py"/>
        <source>The past of your meter's log was rewritten</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_steps.py"/>
        <source>The picture compares all of it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/label.py"/>
        <source>The picture is being read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/tour.py"/>
        <source>The power that comes in or goes out at this moment, straight from your meter. It changes in place, every few seconds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_page.py"/>
        <source>The price for {time} does not follow from the orders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_page.py"/>
        <source>The price of a lot does not follow from the bids</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/reader_page.py"/>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>The protocol</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_why.py"/>
        <location filename="../../app/ohmstead/ui/pages/receipt_drawer.py"/>
        <source>The quarter hour after</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_why.py"/>
        <location filename="../../app/ohmstead/ui/pages/receipt_drawer.py"/>
        <source>The quarter hour before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger.py"/>
        <source>The radio</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>The record of {when} does not follow from what is in it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/settings_words.py"/>
        <source>The recovery sheet could not be made</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/settings_words.py"/>
        <source>The recovery sheet is being made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger.py"/>
        <source>The rest of your history is coming in, newest first. What is here is proven.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_steps.py"/>
        <source>The same</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/passphrase.py"/>
        <location filename="../../app/ohmstead/ui/pages/unlock_page.py"/>
        <source>The same again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_figures.py"/>
        <source>The same month a year earlier</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_figures.py"/>
        <source>The same week a year earlier</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_figures.py"/>
        <source>The same weekday a year earlier</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>The search begins by itself as soon as it is on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_why.py"/>
        <source>The season</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/settings_words.py"/>
        <source>The settings were not written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_sections.py"/>
        <source>The shape of the day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_shape.py"/>
        <source>The shape of the day, workdays and weekends</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/recovery.py"/>
        <source>The sheet was not written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <source>The standing instruction ended on {date}. Nothing is traded by itself any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/settings_words.py"/>
        <source>The start with the session was not changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>The statements are not on this computer and no member answered. Try later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>The statements of {when} do not make its sums</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>The statements were not checked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_group.py"/>
        <source>The sum was opened by all guardians and recomputed on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>The sums were degenerate, which chance does not make; nothing was opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <source>The sun makes about what your home uses itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/settings_words.py"/>
        <source>The two differ.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_figures.py"/>
        <source>The usual day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/tour.py"/>
        <source>The way of a reading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_figures.py"/>
        <source>The week before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_why.py"/>
        <source>The weekend</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/receipt_drawer.py"/>
        <source>The whole day, readable…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>The words differ, so nothing was paired</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_sections.py"/>
        <source>The words of this window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_parts.py"/>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_self.py"/>
        <location filename="../../app/ohmstead/ui/presenters/usage_figures.py"/>
        <source>The year before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_self.py"/>
        <source>The {homes} homes like yours used as much as then, in the same weather.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_self.py"/>
        <source>The {homes} homes like yours used {n} % less, in the same weather.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_self.py"/>
        <source>The {homes} homes like yours used {n} % more, in the same weather.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_steps.py"/>
        <source>Then the rest, newest first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>There are no readings of the last eight weeks.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/neighbour_home.py"/>
        <source>There is a solar roof</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>There is no backup on this computer. {rest}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>There is no home to do this with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>There is no home to leave.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_why.py"/>
        <source>There was one bid, so the least price counts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/dialogs/recovery.py"/>
        <source>These are {n} words; the sheet has twelve.</source>
        <extracomment>For one: This is {n} word; the sheet has twelve.</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_invite.py"/>
        <source>These homes are like yours: {group}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_parts.py"/>
        <source>These readings cannot be shown now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>They can be asked for when the meter is in reach.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>They differ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_histories.py"/>
        <source>They part before this block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_view.py"/>
        <source>They stand for your meter's key and for the ledger it belongs to. If someone sat in between, they would differ.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>This Ohmstead is older than your meter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/settings_words.py"/>
        <source>This address is not used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/reader_page.py"/>
        <source>This cannot be shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>This clock is behind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger.py"/>
        <source>This computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_view.py"/>
        <source>This computer and the meter agree on keys that nobody else can know.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>This computer asks for your permission first. Give it, and the search begins by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>This computer could not go on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_histories.py"/>
        <source>This computer does not choose between them: that is for the members to settle.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>This computer has no Bluetooth that Ohmstead can use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_invite.py"/>
        <source>This computer may look, but not act for the home.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>This computer may look, but not act for the home. Use the one that you paired.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>This computer may look, not act</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_page.py"/>
        <source>This computer may look, not act for the home</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_wallet.py"/>
        <source>This computer may look, not act.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <source>This computer may look, not act: only a computer that was paired as an owner trades.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_now.py"/>
        <source>This computer's clock is behind the ledger's</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts_trouble.py"/>
        <source>This computer's clock is behind, or the block is not true. Set the clock, then look again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>This computer's clock is wrong</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts_trouble.py"/>
        <source>This computer's file of your readings did not verify</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_sections.py"/>
        <source>This desktop has no system tray to stay in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/picture_intake.py"/>
        <source>This file cannot be read. Copy it to this computer and choose it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_sections.py"/>
        <source>This home</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/preparing.py"/>
        <source>This home cannot be shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>This home is barred for now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/settings_words.py"/>
        <source>This home is being erased.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_done.py"/>
        <source>This home is marked “typed” until a picture of the QR code confirms it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/label.py"/>
        <source>This home was paired by a typed code. The QR code on your meter's label holds the meter's whole key and the beginning of its ledger. A picture of it is compared with what this home rests on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/receipt_drawer.py"/>
        <source>This hour, readable…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/receipt_drawer.py"/>
        <source>This hour, sealed…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_sections.py"/>
        <source>This installation cannot be started by the system.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/picture_intake.py"/>
        <source>This is a meter's QR code, but part of it was misread. Take the picture again, or type the code.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>This is another meter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/picture_intake.py"/>
        <source>This is no picture that Ohmstead can read. PNG and JPEG will do.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/unlocking.py"/>
        <source>This is not the passphrase. Capitals matter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/first_run.py"/>
        <source>This is the demonstration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbours_page.py"/>
        <source>This ledger compares no homes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>This ledger compares no homes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_page.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>This ledger has no market</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/neighbour_invite.py"/>
        <source>This ledger knows {n} groups of homes, and yours is in none.</source>
        <extracomment>For one: This ledger knows {n} group of homes, and yours is in none.</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>This needs a link to the meter. Try again near it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/receipt.py"/>
        <source>This page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_course.py"/>
        <source>This picture is of another meter's label: its words are not these.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/picture_intake.py"/>
        <source>This picture is too large. Cut out the QR code, or take a smaller picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/receipt_drawer.py"/>
        <source>This receipt cannot be shown now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/unlocking.py"/>
        <source>This session has no keyring, so Ohmstead seals the keys of your home itself. It asks for the passphrase at every start. Nobody can find it again for you.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/neighbour_home.py"/>
        <source>This stays on this computer. Only the name of the group that you join is said, never what stands here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home.py"/>
        <source>This week so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_words.py"/>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage.py"/>
        <source>Times of the meter: {zone}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/market_form.py"/>
        <location filename="../../app/ohmstead/ui/presenters/ledger_tables.py"/>
        <source>To</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/market_form.py"/>
        <location filename="../../app/ohmstead/ui/pages/usage_header.py"/>
        <source>Today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_orders.py"/>
        <source>Today by quarter hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_words.py"/>
        <source>Today's cost so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/market_form.py"/>
        <source>Tomorrow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Too few days have been foreseen and compared yet to know what a forecast is worth here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/settings_words.py"/>
        <source>Too few different characters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_shape.py"/>
        <source>Too few of your own days of that month are whole.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Too little money</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_brief.py"/>
        <source>Too little money for your standing instruction: {missing} are missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <source>Too little money: {missing} are missing. This needs {needed}, {free} are free.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Too many quarter hours of the last weeks have no reading.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Took too long</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_sections.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_prices.py"/>
        <source>Traded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/ledger_page.py"/>
        <location filename="../../app/ohmstead/ui/pages/preparing.py"/>
        <location filename="../../app/ohmstead/ui/pages/receipt_drawer.py"/>
        <location filename="../../app/ohmstead/ui/pages/usage_parts.py"/>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <location filename="../../app/ohmstead/ui/presenters/unlocking.py"/>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Try another code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Turn Ohmstead on in the list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_page.py"/>
        <source>Turn dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Turn it on in this computer's settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_now.py"/>
        <source>Turn it on in this computer's settings. {kept}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_page.py"/>
        <source>Turn light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Turn on that apps may control radios, for this computer and for desktop apps.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>Twelve words and a code on paper. With them another computer can read this home, and backups open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/recovery.py"/>
        <source>Twelve words, in order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts_trouble.py"/>
        <source>Two blocks of the same height turned up, both properly signed. That cannot happen by accident. What was proven before stays; nothing of the other history is used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts_trouble.py"/>
        <source>Two histories</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_why.py"/>
        <source>Two weeks of whole days are needed; they are on their way.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_shape.py"/>
        <source>Two weeks of whole days make a shape.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/money.py"/>
        <source>Type a price like {example}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_typed.py"/>
        <source>Type a price.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_typed.py"/>
        <source>Type an amount like {example}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_typed.py"/>
        <source>Type an amount of kWh like {example}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_commands.py"/>
        <source>Type an amount to offer or to bid for…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_hero.py"/>
        <source>Type an amount…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_typed.py"/>
        <source>Type more than nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_view.py"/>
        <source>Type the code instead</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/label_window.py"/>
        <source>Type the code on the pairing page, or drag the QR code onto it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/unlock_page.py"/>
        <source>Type the passphrase first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/recovery.py"/>
        <source>Type the twelve words of the sheet first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/recovery.py"/>
        <source>Type the words of its recovery sheet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/confirm.py"/>
        <source>Type “{word}” first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/confirm.py"/>
        <source>Type “{word}” to go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_page.py"/>
        <location filename="../../app/ohmstead/ui/pages/neighbour_deeds.py"/>
        <location filename="../../app/ohmstead/ui/pages/settings_page.py"/>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <source>Undo until 15 minutes before each quarter hour.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>Unpair</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>Unpair the meter of {name}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>Unpair this meter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>Unpair…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Until then an Ohmstead of the meter's age can read it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_page.py"/>
        <source>Until then nothing can be offered or bought.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Until then this computer can only wait, or leave.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <source>Up to {energy} are offered, from {price} up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/main_window.py"/>
        <location filename="../../app/ohmstead/ui/pages/usage_commands.py"/>
        <location filename="../../app/ohmstead/ui/pages/usage_export.py"/>
        <location filename="../../app/ohmstead/ui/pages/usage_page.py"/>
        <location filename="../../app/ohmstead/ui/presenters/usage.py"/>
        <source>Usage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/pairing_faces.py"/>
        <source>Use a picture instead</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/pairing_code.py"/>
        <location filename="../../app/ohmstead/ui/pages/pairing_faces.py"/>
        <source>Use a picture of the QR code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>Use the keyring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>Use the keyring…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_figures.py"/>
        <source>Used in the house</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage.py"/>
        <source>Usual use on this weekday</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_tables.py"/>
        <source>Validator {n}, {address}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_page.py"/>
        <source>Values copied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_page.py"/>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_page.py"/>
        <source>Verified to {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/meter_state.py"/>
        <source>Verified to {time}, as of {seen}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_page.py"/>
        <location filename="../../app/ohmstead/ui/presenters/meter_state.py"/>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_page.py"/>
        <source>Verified to {time}, current</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>Version {version}. Free software under the Apache License 2.0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_invite.py"/>
        <source>Waiting for guardian {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Waits for the meter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Waits for the owner</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_time.py"/>
        <source>Waits for {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_content.py"/>
        <source>Wallet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Wallet says how one is opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/quantities.py"/>
        <source>Water</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/quantities.py"/>
        <source>Water used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing.py"/>
        <source>Weak signal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/unlocking.py"/>
        <source>Weak: somebody with this computer could guess it. Add another word.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_header.py"/>
        <source>Week</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/date_wishes.py"/>
        <source>Week of {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_shape.py"/>
        <source>Weekends</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Went to a higher bid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_sections.py"/>
        <source>What</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_sections.py"/>
        <source>What became of it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_privacy.py"/>
        <source>What came of it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>What came over the air does not fit together. Nothing of it is used. Try again, nearer to it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts_trouble.py"/>
        <source>What came over the radio was not what your meter may send</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_done.py"/>
        <source>What comes in is checked and kept on this computer. Nothing leaves it by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_sections.py"/>
        <source>What feed-in pays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/palette.py"/>
        <source>What fits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/pairing_faces.py"/>
        <source>What happens now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <source>What is almost certain asks for {first}, what needs a good day for up to {last}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>What is already stored here stays, and the new version reads it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_hero.py"/>
        <source>What is expected, hour by hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/home_page.py"/>
        <source>What is known about these readings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/tour.py"/>
        <source>What is known about your readings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_page.py"/>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_page.py"/>
        <source>What is shown is as of {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_page.py"/>
        <source>What is shown is as of {time}. The meter goes on stating your days by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger.py"/>
        <source>What is still coming in is drawn pale.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_words.py"/>
        <source>What is still on its way is not in the totals.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/preparing.py"/>
        <source>What is stored here is checked again from its beginning.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/neighbour_home.py"/>
        <source>What is your home like?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_privacy.py"/>
        <source>What left this home</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <source>What nobody buys is paid feed-in, {feed_in}, as today. What is sold and then missing costs you the difference to retail, at most {most} a kWh.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <source>What nobody sells you comes at retail, {retail}, as today; fees are in your price. What you buy and do not use is credited at feed-in, {feed_in}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>What nobody sells you comes from your supplier at retail, as without the market.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>What nobody takes is paid feed-in, as without the market.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_content.py"/>
        <source>What of the comparison is shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_content.py"/>
        <source>What of the market is shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_content.py"/>
        <source>What sets you apart</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_privacy.py"/>
        <source>What stays here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts_trouble.py"/>
        <source>What the ledger shows of your meter does not verify</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_sections.py"/>
        <source>What the market came to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_page.py"/>
        <source>What the meter has already it goes on sending by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_sections.py"/>
        <source>What this cannot promise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/ledger_split.py"/>
        <source>What this means for you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_header.py"/>
        <source>What to show and compare</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/ledger_content.py"/>
        <source>What was refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>What was stated of {when} is not what your meter measured</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/meter_state.py"/>
        <source>What was verified before stays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <source>What you almost certainly need may cost {first}, what you may not need at most {last}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/help_sheet.py"/>
        <source>What you can do here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_sections.py"/>
        <source>What you pay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <source>What you will have to spare cannot be told</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <source>What you will need cannot be told</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/tour.py"/>
        <source>What your home does now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>What your home is like was not kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_privacy.py"/>
        <source>What your home is like, your hours, and every figure that you see. Only the group’s name is said: to look it up, and to take part.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_lots.py"/>
        <location filename="../../app/ohmstead/ui/pages/market_wallet.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_lots.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_wallet.py"/>
        <source>When</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_shape.py"/>
        <source>When energy is used, not how much: each hour’s share of its kind of day.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts_trouble.py"/>
        <source>When the pages were recorded does not fit the ledger's own record</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>Where the data lies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/ledger_split.py"/>
        <source>Where they part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/pairing_code.py"/>
        <source>Where to find it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/ledger_evidence.py"/>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_privacy.py"/>
        <source>Who can read it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_privacy.py"/>
        <source>Who certifies meters could invent some, and so make the real homes of a group fewer than they seem.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>Who could cheat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/frame_commands.py"/>
        <location filename="../../app/ohmstead/ui/pages/reader_page.py"/>
        <source>Who could cheat, and what stops them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger.py"/>
        <source>Who signed block {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_typed.py"/>
        <source>Whole square metres, from 1 to {most}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_wallet.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_wallet.py"/>
        <source>Why</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_why.py"/>
        <source>Why no price at {time}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_lots.py"/>
        <source>Why this price?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_why.py"/>
        <source>Why was this lot not sold?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_why.py"/>
        <source>Why {price} at {time}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_why.py"/>
        <source>Why {price} for this lot?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_histories.py"/>
        <source>With every signature, since {time}. Show them to a member of the consortium.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_invite.py"/>
        <source>With fewer than {least} homes a sum could say too much about one of them, so the ledger opens nothing and nobody can look.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>With the meter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/recovery.py"/>
        <source>With these twelve words and the code on the sheet, another computer can read this home's whole history. Print the sheet or write the words down, and keep them where you keep papers. Whoever has them can read your readings too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/recovery_paper.py"/>
        <source>With this sheet another computer can read this home's whole history. The twelve words open the keys that the code below holds. Keep it where you keep papers; whoever has it can read your readings too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_why.py"/>
        <source>With {amount} less: {change}, {energy} of yours served.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_why.py"/>
        <source>With {amount} more: {change}, {energy} of yours served.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_group.py"/>
        <source>Within the efficient fifth</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>Witness</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/ledger_content.py"/>
        <source>Witnesses outside</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_why.py"/>
        <source>Won</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_shape.py"/>
        <source>Workdays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/receipt_drawer.py"/>
        <source>Writing {name}…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_prices.py"/>
        <source>Wrong price</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_header.py"/>
        <source>Year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/widgets/calendar.py"/>
        <source>Year after</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/widgets/calendar.py"/>
        <source>Year before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/pairing_faces.py"/>
        <source>Yes, the same</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_words.py"/>
        <source>Yesterday</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_sections.py"/>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_group.py"/>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_shape.py"/>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_time.py"/>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_why.py"/>
        <source>You</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_group.py"/>
        <source>You among {n} homes like yours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_parts.py"/>
        <source>You and homes like yours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_parts.py"/>
        <source>You and you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_page.py"/>
        <source>You are on your way into the group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_lots.py"/>
        <source>You bid {price} a kWh. A new bid replaces it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_lots.py"/>
        <source>You bid {price}; what was locked came back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_brief.py"/>
        <source>You can compare your home with homes like it. Nobody sees your figures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>You can try as often as you like. The code itself was not sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_why.py"/>
        <source>You drew {less} a day less than the average. These patterns in your readings may explain it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_why.py"/>
        <source>You drew {more} a day more than the average. These patterns in your readings may explain it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_sections.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_orders.py"/>
        <source>You get</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_orders.py"/>
        <source>You have paid at the auction. Your bill takes off what you bought; you always have your energy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_page.py"/>
        <source>You left the group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_orders.py"/>
        <source>You pay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_lots.py"/>
        <source>You pay {price} a kWh, {money} in all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_invite.py"/>
        <source>You see your day beside an efficient home and the average; nobody sees yours.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_invite.py"/>
        <source>You take no part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_invite.py"/>
        <source>You take part from the first of next month on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_invite.py"/>
        <source>You take part from today on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_invite.py"/>
        <source>You take part from {date} on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <source>You will have about {energy} more to spare today.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <source>You will have about {energy} to spare tomorrow.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <source>You will need about {energy} from the grid tomorrow.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <source>You will need about {energy} more from the grid today.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <source>You will need next to nothing tomorrow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_parts.py"/>
        <source>You, an efficient home, and all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_sections.py"/>
        <source>You, kWh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_why.py"/>
        <source>Your bid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_page.py"/>
        <source>Your bids are kept. They are sealed when their time comes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_page.py"/>
        <source>Your change takes effect at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_page.py"/>
        <source>Your change takes effect next month.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_parts.py"/>
        <source>Your first page arrives within the hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/neighbour_home.py"/>
        <source>Your group would be: {group}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_done.py"/>
        <source>Your history comes in, newest first. You can use everything meanwhile.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_words.py"/>
        <source>Your history is coming in, newest first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>Your home does not take part yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_page.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Your home has no account on the ledger yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_wallet.py"/>
        <source>Your home has no account on the ledger yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_page.py"/>
        <source>Your home is barred until {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <source>Your home is barred until {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_deeds.py"/>
        <source>Your home is like those of another group now. The move counts at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_deeds.py"/>
        <source>Your home is like those of another group now. The move counts from next month on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_group.py"/>
        <source>Your home is not among them: a day with gaps is not stated.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_invite.py"/>
        <source>Your home is on the list. Until then your meter states nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>Your home still takes part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_shape.py"/>
        <source>Your last four weeks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_lots.py"/>
        <source>Your lot.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_time.py"/>
        <source>Your mean days and the group’s, month by month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger.py"/>
        <location filename="../../app/ohmstead/ui/presenters/pairing_done.py"/>
        <source>Your meter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/market_standing.py"/>
        <source>Your meter bids for what it expects you to need, quarter hour by quarter hour, also while this computer is off. It knows your limits; the ledger and your neighbours do not.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <source>Your meter buys up to {energy} a day at {price} or less, until {date}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Your meter has an owner already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Your meter is older than this Ohmstead</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_now.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_page.py"/>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_page.py"/>
        <location filename="../../app/ohmstead/ui/tray.py"/>
        <source>Your meter is out of reach</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>Your meter is out of reach. Try again near it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_invite.py"/>
        <source>Your meter is told, and tells the ledger within the hour.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_page.py"/>
        <source>Your meter is told, and tells the ledger. Until then you see the others’ results.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_deeds.py"/>
        <source>Your meter is told. You can leave at any time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Your meter knows as many devices as it can</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_forms.py"/>
        <source>Your meter makes no more orders by itself. Those that are sealed already stay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <source>Your meter offers up to {energy} a day at {price} or more, until {date}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/market_standing.py"/>
        <source>Your meter offers what it expects to have to spare, quarter hour by quarter hour, also while this computer is off. It knows your limits; the ledger and your neighbours do not.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_invite.py"/>
        <source>Your meter states each day in the hours after midnight. A day stays open for two more, so that no home is left behind; then the guardians open the sum.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_deeds.py"/>
        <source>Your meter states its days again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_page.py"/>
        <source>Your meter states its first day on {date}. Until then you see the others’ results.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_page.py"/>
        <source>Your meter states nothing any more. The ledger is told as soon as the meter is in reach.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_page.py"/>
        <source>Your meter states nothing any more. Your home stays on the list until {date}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_deeds.py"/>
        <source>Your meter states nothing from now on. What it stated stays in the group’s sums, for a sum cannot be taken apart. Everything else in Ohmstead goes on as before, and you can come back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_invite.py"/>
        <source>Your meter states nothing until you go on. The rest of Ohmstead goes on as always.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_page.py"/>
        <source>Your meter states nothing until you go on. What the others do goes on without you.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_invite.py"/>
        <source>Your meter states once a day how much came from the grid, encrypted so that only the sum of at least {n} homes can ever be opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_orders.py"/>
        <source>Your meter states what went out once the hour is over; then it is paid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_orders.py"/>
        <source>Your meter states what went out. It is paid at once; what is missing is made up by the supplier, and you pay the difference to retail.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>Your meter talks to another device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_tables.py"/>
        <source>Your meter's key and the ledger's first block come from its label.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_tables.py"/>
        <source>Your meter's key and the ledger's first block come from the meter until its label is scanned.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_parts.py"/>
        <source>Your months</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_sections.py"/>
        <source>Your months and the group’s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_self.py"/>
        <source>Your months, as mean days from the grid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_view.py"/>
        <source>Your newest readings come first. Each is checked against what the ledger records.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_why.py"/>
        <source>Your offer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_orders.py"/>
        <source>Your offers, fills and whether you delivered are visible to every member under a number, not a name. Someone who knows your roof can guess which is yours.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_orders.py"/>
        <source>Your order goes to the ledger as a sealed number: nobody can read side, amount or price.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_sections.py"/>
        <source>Your orders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_group.py"/>
        <source>Your own day is not whole</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_group.py"/>
        <source>Your own days are not whole</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <source>Your own feed-in pays {own}: at {limit} you could earn less than without the market.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_self.py"/>
        <source>Your own past comes first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <source>Your own tariff costs {own}: at {limit} you could pay more than without the market.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/unlocking.py"/>
        <source>Your passphrase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <source>Your prices: feed-in {feed_in}, retail {retail}. The ledger's reference: {low} and {high}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_content.py"/>
        <source>Your privacy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_histories.py"/>
        <source>Your readings up to {time} stay proven</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>Your statement of {when} is not among those that were added</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_invite.py"/>
        <source>Your wish is on its way</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/market_page.py"/>
        <source>Your {n} auctions were recomputed here: same prices</source>
        <extracomment>For one: Your {n} auction was recomputed here: same price</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Yours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_why.py"/>
        <source>Yours was not served: its price is on the other side.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_why.py"/>
        <source>Yours was served whole, {energy} at {price}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>Yours, takes bids</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_commands.py"/>
        <source>Zoom in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/usage_commands.py"/>
        <source>Zoom out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_wallet.py"/>
        <source>a lot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_tables.py"/>
        <source>a recorded past, played again: lateness says nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_time.py"/>
        <source>all homes’ mean</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger.py"/>
        <source>all of it checked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>another heating</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_tables.py"/>
        <source>another history</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger.py"/>
        <source>as it comes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts.py"/>
        <source>as of {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_tables.py"/>
        <source>as on the label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts.py"/>
        <source>as recorded to {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_self.py"/>
        <source>before the first reading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger.py"/>
        <source>block {n}, {span} old</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_prices.py"/>
        <source>by energy, of all below</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_now.py"/>
        <source>came from the grid on average</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger.py"/>
        <source>certificate withdrawn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger.py"/>
        <source>checks what comes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_wallet.py"/>
        <source>comes back or is paid when decided</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts.py"/>
        <source>comes with the first block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts.py"/>
        <source>comes with the first link</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_now.py"/>
        <source>coming from the grid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_done.py"/>
        <source>compared by you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_done.py"/>
        <source>compared whole</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_tables.py"/>
        <source>counted once all of it is here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts.py"/>
        <source>cross-checked {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/date_wishes.py"/>
        <source>day before yesterday</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>detached houses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_tables.py"/>
        <source>did not sign</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>district heating</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/widgets/steps.py"/>
        <source>done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>electric car</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>electric heaters</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/market_wallet.py"/>
        <source>enough for {n} orders at a time</source>
        <extracomment>For one: enough for {n} order at a time</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>erase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts.py"/>
        <source>every page that is here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts.py"/>
        <source>every page, to {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/widgets/steps.py"/>
        <source>failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_orders.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_prices.py"/>
        <source>feed-in {price}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>flats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>from {low} m²</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>gas heating</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_now.py"/>
        <source>going out to the grid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>heat pump</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>homes of any kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>houses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <source>https://node.example</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_prices.py"/>
        <source>in all below</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger.py"/>
        <source>in reach</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_tables.py"/>
        <source>in step, heard at {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_prices.py"/>
        <source>in the middle; {low} to {high}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger.py"/>
        <source>in {ms} ms, just now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_tables.py"/>
        <source>its answer does not verify</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/receipt.py"/>
        <source>just now, all of it, in {ms} ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/neighbour_parts.py"/>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_self.py"/>
        <source>kWh a day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_group.py"/>
        <source>kWh a day; the numbers count homes’ days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_words.py"/>
        <location filename="../../app/ohmstead/ui/presenters/receipt.py"/>
        <source>kWh from the grid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_self.py"/>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_time.py"/>
        <source>kWh from the grid a day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/receipt.py"/>
        <source>kWh made by the sun</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/charts/legend.py"/>
        <source>kWh per quarter hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/receipt.py"/>
        <source>kWh sold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_group.py"/>
        <source>kWh that day; the numbers count homes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_words.py"/>
        <source>kWh used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_tables.py"/>
        <source>keeps another ledger</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/date_wishes.py"/>
        <source>last</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/date_wishes.py"/>
        <source>last month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/date_wishes.py"/>
        <source>last week</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/date_wishes.py"/>
        <source>last year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/receipt.py"/>
        <source>leaf {hash}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_wallet.py"/>
        <source>lot of {span}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger.py"/>
        <location filename="../../app/ohmstead/ui/presenters/pairing_done.py"/>
        <source>mark {mark}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/neighbour_group.py"/>
        <source>mean of {n} days</source>
        <extracomment>For one: mean of {n} day</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts.py"/>
        <source>meter's clock {span} ahead</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts.py"/>
        <source>meter's clock {span} behind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>no electric car</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts.py"/>
        <source>no page has come</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts.py"/>
        <source>no page is recorded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_why.py"/>
        <source>no price</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_brief.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_orders.py"/>
        <source>no reason given</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>no solar roof</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_orders.py"/>
        <source>no trade</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_tables.py"/>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger.py"/>
        <source>none missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts.py"/>
        <source>not cross-checked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_tables.py"/>
        <source>not heard yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_tables.py"/>
        <location filename="../../app/ohmstead/ui/presenters/receipt.py"/>
        <source>not reached</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_self.py"/>
        <source>not read whole</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_tables.py"/>
        <source>not so far yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts.py"/>
        <location filename="../../app/ohmstead/ui/presenters/ledger.py"/>
        <source>not used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts.py"/>
        <source>not withdrawn, as of {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger.py"/>
        <source>nothing believed until checked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_now.py"/>
        <source>nothing came in, nothing went out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_now.py"/>
        <source>nothing comes in, nothing goes out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_now.py"/>
        <source>nothing heard yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_why.py"/>
        <source>nothing would have been traded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_group.py"/>
        <source>one home in five uses less</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_group.py"/>
        <source>one home-day in five is less</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts.py"/>
        <source>one machine signs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_orders.py"/>
        <source>open to change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/help_sheet.py"/>
        <source>or</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger.py"/>
        <source>out of reach now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/market_sections.py"/>
        <source>price in {unit}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_group.py"/>
        <source>readings are missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_orders.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_prices.py"/>
        <source>retail {price}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_tables.py"/>
        <source>same history</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/receipt.py"/>
        <source>sealed, without a key here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_tables.py"/>
        <source>signature does not hold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_tables.py"/>
        <source>signed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_done.py"/>
        <source>signed, and in force</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger.py"/>
        <source>signs every hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>solar roof</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_why.py"/>
        <source>something else</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>terraced houses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_problem_words.py"/>
        <source>the certificate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts.py"/>
        <source>the first page comes within the hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts.py"/>
        <source>the ledger is {span} ahead of here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_group.py"/>
        <source>the mean</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_now.py"/>
        <source>the meter sends no power that can be</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_why.py"/>
        <source>the price would have been {price}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_why.py"/>
        <source>the price would have stayed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_why.py"/>
        <source>the rule takes the highest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_why.py"/>
        <source>the rule takes the lowest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_why.py"/>
        <source>the rule takes the middle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_self.py"/>
        <source>the year before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_safety.py"/>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_group.py"/>
        <source>this home</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/date_wishes.py"/>
        <source>this month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/date_wishes.py"/>
        <source>this week</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/date_wishes.py"/>
        <source>this year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/widgets/steps.py"/>
        <source>to do</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/date_wishes.py"/>
        <source>today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_times.py"/>
        <source>tomorrow, {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_brief.py"/>
        <source>too little money</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_tables.py"/>
        <source>typed code, not confirmed by picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_tables.py"/>
        <source>unbroken, over two thirds at each step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/widgets/steps.py"/>
        <source>under way</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_typed.py"/>
        <source>until {date}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_tables.py"/>
        <source>until {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>up to {high} m²</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_done.py"/>
        <source>valid until {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_prices.py"/>
        <source>void</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_tables.py"/>
        <source>voted for no block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_now.py"/>
        <source>was coming from the grid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_now.py"/>
        <source>was going out to the grid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_now.py"/>
        <source>went out to the grid on average</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/pairing_done.py"/>
        <source>within the hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_words.py"/>
        <source>without what you sold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/date_wishes.py"/>
        <source>yesterday</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts_age.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_times.py"/>
        <source>yesterday, {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_shape.py"/>
        <source>you {mine}, group {theirs}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_money.py"/>
        <source>{amount} {unit}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/witness_words.py"/>
        <source>{answer} Asked just now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/witness_words.py"/>
        <source>{answer} Asked {n} minutes ago.</source>
        <extracomment>For one: {answer} Asked {n} minute ago.</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts_trouble.py"/>
        <source>{block} does not follow from what is proven</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts_trouble.py"/>
        <source>{block} is from the future</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts_trouble.py"/>
        <source>{block} is not signed by enough of those who must sign</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts_trouble.py"/>
        <source>{block} was refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_band.py"/>
        <source>{caption} Together about {mid} kWh, between {low} and {high}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>{date}, {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_privacy.py"/>
        <source>{days} and {shapes}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_words.py"/>
        <source>{days} days are partly estimated.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_words.py"/>
        <source>{days} days lack {n} quarter hours together.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_group.py"/>
        <source>{day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_words.py"/>
        <source>{day} brought {kwh} kWh of sun, the most in a year.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_invite.py"/>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_page.py"/>
        <source>{day} has no result</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_group.py"/>
        <source>{day} has no result. {why}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_invite.py"/>
        <source>{day} is closed, and every guardian must share before its sum can be opened. A missing share is late, not wrong; after 14 days the day stays closed for ever.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_page.py"/>
        <source>{day} is the newest that has one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/usage_words.py"/>
        <source>{day} lacks {n} quarter hours.</source>
        <extracomment>For one: {day} lacks {n} quarter hour.</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/usage_words.py"/>
        <source>{day} rests on {n} estimated quarter hours.</source>
        <extracomment>For one: {day} rests on {n} estimated quarter hour.</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_words.py"/>
        <source>{day} used {kwh} kWh, the most in a year.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_group.py"/>
        <source>{day} waits for guardian {name}: late, not wrong.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage.py"/>
        <source>{day}, {start} to {end}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/receipt.py"/>
        <source>{day}, {start} – {end}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts_age.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_times.py"/>
        <location filename="../../app/ohmstead/ui/presenters/pairing_done.py"/>
        <source>{day}, {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_words.py"/>
        <source>{day}: no reading yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_words.py"/>
        <source>{day}: {used} kWh from the grid, {sold} kWh sold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_words.py"/>
        <source>{day}: {used} kWh used, {sold} kWh sold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <source>{energy} are offered at {price} or more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_offer.py"/>
        <source>{energy} are offered.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_brief.py"/>
        <source>{energy} are sold for today and paid once they are delivered.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_orders.py"/>
        <source>{energy} at {price}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_why.py"/>
        <source>{energy} of yours were served, at {price}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_why.py"/>
        <source>{energy} of yours were served, at {price}: at the price itself everybody gets a share.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_why.py"/>
        <source>{energy} served</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/market_lot.py"/>
        <source>{energy}, {when}. Say what it is worth to you: if you win, you pay only what the second bid said. Nobody sees yours before the bids are closed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_page.py"/>
        <source>{equal} of your {all} auctions recomputed here so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_orders.py"/>
        <source>{fill} of {wh} were got; the rest comes at retail.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_orders.py"/>
        <source>{fill} of {wh} were taken; the rest is paid feed-in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_brief.py"/>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_group.py"/>
        <location filename="../../app/ohmstead/ui/presenters/periods.py"/>
        <source>{first} to {last}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_self.py"/>
        <source>{first} to {last} from the grid: {now}. The same weekdays a year before: {then}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/market_payout.py"/>
        <source>{free} are free</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_words.py"/>
        <source>{grid} from the grid, {sun} from the sun, {sold} sold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_tables.py"/>
        <source>{held} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_words.py"/>
        <source>{held} of {total} hours, back to {day}. You can quit; it goes on where it stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts.py"/>
        <source>{held} of {total} pages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger.py"/>
        <source>{held} of {total} pages are here and checked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_group.py"/>
        <source>{here} of {all} days have a result.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_notices.py"/>
        <source>{home}: bought {energy} yesterday</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_notices.py"/>
        <source>{home}: sold {energy} yesterday</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/notices.py"/>
        <source>{home}: the meter is silent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/notices.py"/>
        <source>{home}: your history is complete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts_age.py"/>
        <source>{h} h {m} min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_now.py"/>
        <source>{kept} What it measures meanwhile stays in the meter and comes over by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_shape.py"/>
        <source>{kind}, {first} to {last}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_words.py"/>
        <source>{kwh} kWh from the grid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_words.py"/>
        <source>{kwh} kWh used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_tables.py"/>
        <source>{k} of the {n} signers must agree for a block to count.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger.py"/>
        <source>{k} of {n} signed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_group.py"/>
        <source>{low} kWh and more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>{low} or {high} people</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>{low} people or more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_group.py"/>
        <source>{low} to {high} kWh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>{low} to {high} m²</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>{low} to {high} people</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_words.py"/>
        <source>{missing} are missing. Wallet says how money comes in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_orders.py"/>
        <source>{missing} of {fill} were not delivered. The supplier stepped in; the difference to retail was taken from your lock.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_lots.py"/>
        <source>{missing} were not delivered.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_brief.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_orders.py"/>
        <source>{money} less than feed-in alone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_brief.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_orders.py"/>
        <source>{money} less than retail alone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_brief.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_orders.py"/>
        <source>{money} more than feed-in alone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_brief.py"/>
        <location filename="../../app/ohmstead/ui/presenters/market_orders.py"/>
        <source>{money} more than retail alone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_wallet.py"/>
        <source>{money} wait to be paid out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_shape.py"/>
        <source>{month}, you among {n} homes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger.py"/>
        <source>{month}: {held} of {total} pages are here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/settings_words.py"/>
        <source>{name} is back, whole and checked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/settings_words.py"/>
        <source>{name} is erased</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/dialogs/recovery.py"/>
        <source>{name} was made for a home that this computer does not know. Its keys are sealed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_histories.py"/>
        <source>{name}, signed both</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/recovery_paper.py"/>
        <source>{name}, the meter with the mark {mark}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_privacy.py"/>
        <source>{name}: key of this month and of the next posted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_privacy.py"/>
        <source>{name}: key of this month posted, the next is due</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_privacy.py"/>
        <source>{name}: no key this month, so nothing can be stated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_self.py"/>
        <source>{now}; {then} {what}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/settings_words.py"/>
        <source>{number} kWh, {price}, {day}. Weeks begin on {weekday}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_group.py"/>
        <source>{number}, your place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_shape.py"/>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>{n} %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_group.py"/>
        <source>{n} % above the average</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_self.py"/>
        <location filename="../../app/ohmstead/ui/presenters/usage_figures.py"/>
        <source>{n} % less than a year before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_self.py"/>
        <source>{n} % less than four weeks before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_figures.py"/>
        <source>{n} % less than last month by now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_figures.py"/>
        <source>{n} % less than last week by now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_words.py"/>
        <source>{n} % less than last week by now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_figures.py"/>
        <source>{n} % less than the day before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_figures.py"/>
        <source>{n} % less than the month before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_figures.py"/>
        <source>{n} % less than the week before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_figures.py"/>
        <source>{n} % less than yesterday by now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_self.py"/>
        <location filename="../../app/ohmstead/ui/presenters/usage_figures.py"/>
        <source>{n} % more than a year before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_self.py"/>
        <source>{n} % more than four weeks before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_figures.py"/>
        <source>{n} % more than last month by now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_figures.py"/>
        <source>{n} % more than last week by now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_words.py"/>
        <source>{n} % more than last week by now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_figures.py"/>
        <source>{n} % more than the day before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_figures.py"/>
        <source>{n} % more than the month before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_figures.py"/>
        <source>{n} % more than the week before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_figures.py"/>
        <source>{n} % more than yesterday by now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/meter_state.py"/>
        <source>{n} % of history here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_why.py"/>
        <source>{n} W</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/ledger.py"/>
        <source>{n} are here</source>
        <extracomment>For one: {n} is here</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/neighbour_group.py"/>
        <source>{n} are left out on both sides: your readings are not whole.</source>
        <extracomment>For one: {n} is left out on both sides: your readings are not whole.</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_privacy.py"/>
        <source>{n} bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/pairing.py"/>
        <source>{n} characters are still missing.</source>
        <extracomment>For one: {n} character is still missing.</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/facts_age.py"/>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_group.py"/>
        <source>{n} days</source>
        <extracomment>For one: {n} day</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/neighbour_self.py"/>
        <source>{n} days are left out in both, not read whole.</source>
        <extracomment>For one: {n} day is left out in both, not read whole.</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/neighbour_privacy.py"/>
        <source>{n} days’ sums</source>
        <extracomment>For one: {n} day’s sum</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts_age.py"/>
        <location filename="../../app/ohmstead/ui/presenters/ledger.py"/>
        <source>{n} h</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/neighbour_group.py"/>
        <source>{n} home-days</source>
        <extracomment>For one: {n} home-day</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/neighbour_group.py"/>
        <source>{n} homes</source>
        <extracomment>For one: {n} home</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_group.py"/>
        <source>{n} homes like yours</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/neighbour_brief.py"/>
        <source>{n} homes like yours</source>
        <extracomment>For one: {n} home like yours</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/neighbour_invite.py"/>
        <source>{n} homes like yours are on the list.</source>
        <extracomment>For one: {n} home like yours is on the list.</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/neighbour_invite.py"/>
        <source>{n} homes like yours have stated a day so far.</source>
        <extracomment>For one: {n} home like yours has stated a day so far.</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/neighbour_invite.py"/>
        <source>{n} homes like yours take part. Comparing starts at {least}.</source>
        <extracomment>For one: {n} home like yours takes part. Comparing starts at {least}.</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/neighbour_page.py"/>
        <source>{n} homes on the list: {group}.</source>
        <extracomment>For one: {n} home on the list: {group}.</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>{n} homes stated the day</source>
        <extracomment>For one: {n} home stated the day</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/neighbour_invite.py"/>
        <source>{n} homes take part so far; comparing starts at {least}.</source>
        <extracomment>For one: {n} home takes part so far; comparing starts at {least}.</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_words.py"/>
        <source>{n} hours of readings, back to {day}, came in and were checked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/ledger.py"/>
        <source>{n} hours without a reading</source>
        <extracomment>For one: {n} hour without a reading</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_now.py"/>
        <source>{n} kW</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_money.py"/>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>{n} kWh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts_age.py"/>
        <source>{n} min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_orders.py"/>
        <source>{n} minutes before, nothing can be changed any more. All orders are opened, and one price is made for everybody.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/neighbour_privacy.py"/>
        <source>{n} months’ shapes of the day</source>
        <extracomment>For one: {n} month’s shape of the day</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/neighbour_invite.py"/>
        <source>{n} more homes are missing; then the first day can be opened.</source>
        <extracomment>For one: One more home is missing; then the first day can be opened.</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/home_words.py"/>
        <source>{n} of them are estimated.</source>
        <extracomment>For one: {n} of them is estimated.</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/home_words.py"/>
        <source>{n} of them have no reading.</source>
        <extracomment>For one: {n} of them has no reading.</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/tour.py"/>
        <source>{n} of {all}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_histories.py"/>
        <source>{n} of {m} signed both</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_privacy.py"/>
        <source>{n} of {of} statements of {when} hold so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_time.py"/>
        <source>{n} of {roster}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/usage_words.py"/>
        <source>{n} of {total} quarter hours have no reading{where}. The totals leave them out.</source>
        <extracomment>For one: {n} of {total} quarter hours has no reading{where}. The totals leave it out.</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/market_page.py"/>
        <source>{n} orders wait on this computer and go to the meter by themselves.</source>
        <extracomment>For one: {n} order waits on this computer and goes to the meter by itself.</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/market_brief.py"/>
        <source>{n} orders were refused: {reason}.</source>
        <extracomment>For one: {n} order was refused: {reason}.</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/neighbour_page.py"/>
        <source>{n} other results do not check out either.</source>
        <extracomment>For one: {n} other result does not check out either.</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/ledger.py"/>
        <source>{n} pages</source>
        <extracomment>For one: {n} page</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/facts.py"/>
        <source>{n} pages came late</source>
        <extracomment>For one: {n} page came late</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/ledger_histories.py"/>
        <source>{n} pages, in the history known first.</source>
        <extracomment>For one: {n} page, in the history known first.</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/ledger_tables.py"/>
        <source>{n} pages, over two hours after their hour</source>
        <extracomment>For one: {n} page, over two hours after its hour</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/ledger_period.py"/>
        <source>{n} pages. It proves that they exist, unaltered. Nobody can read them with this file.</source>
        <extracomment>For one: {n} page. It proves that the page exists, unaltered. Nobody can read it with this file.</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/ledger_period.py"/>
        <source>{n} pages. Whoever has the file can read their quarter hours.</source>
        <extracomment>For one: {n} page. Whoever has the file can read its quarter hours.</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>{n} people</source>
        <extracomment>For one: {n} person</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/market_page.py"/>
        <source>{n} prices are wrong, recomputed here</source>
        <extracomment>For one: {n} price is wrong, recomputed here</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/usage_words.py"/>
        <source>{n} quarter hours are estimated.</source>
        <extracomment>For one: {n} quarter hour is estimated.</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/home_words.py"/>
        <source>{n} quarter hours are missing</source>
        <extracomment>For one: {n} quarter hour is missing</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/home_words.py"/>
        <source>{n} quarter hours came in and were checked.</source>
        <extracomment>For one: {n} quarter hour came in and was checked.</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/home_words.py"/>
        <source>{n} quarter hours have not come yet</source>
        <extracomment>For one: {n} quarter hour has not come yet</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/market_typed.py"/>
        <source>{n} quarter hours hold at most {most}.</source>
        <extracomment>For one: {n} quarter hour holds at most {most}.</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/market_orders.py"/>
        <source>{n} quarter hours traded today, for {low} to {high}.</source>
        <extracomment>For one: {n} quarter hour traded today, for {low} to {high}.</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/market_brief.py"/>
        <source>{n} refused orders</source>
        <extracomment>For one: {n} refused order</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/neighbour_privacy.py"/>
        <source>{n} results hold your home: your share of sums, never a figure of its own.</source>
        <extracomment>For one: {n} result holds your home: your share of a sum, never a figure of its own.</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/neighbour_brief.py"/>
        <source>{n} results of the comparison with homes like yours do not check out.</source>
        <extracomment>For one: {n} result of the comparison with homes like yours does not check out.</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/market_brief.py"/>
        <source>{n} results of the market do not follow from their orders.</source>
        <extracomment>For one: {n} result of the market does not follow from its orders.</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts_age.py"/>
        <source>{n} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/home_words.py"/>
        <source>{n} things were refused: the Ledger page says what.</source>
        <extracomment>For one: {n} thing was refused: the Ledger page says what.</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_figures.py"/>
        <source>{n} times a year before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_figures.py"/>
        <source>{n} times the day before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_figures.py"/>
        <source>{n} times the month before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_figures.py"/>
        <source>{n} times the week before</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ohmstead/ui/presenters/market_brief.py"/>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_brief.py"/>
        <source>{n} wrong results</source>
        <extracomment>For one: {n} wrong result</extracomment>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_tables.py"/>
        <source>{off}, heard at {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_money.py"/>
        <source>{price} {unit}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/meter_state.py"/>
        <source>{recency}; single operator</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_why.py"/>
        <source>{share} of what you draw falls into these {n} hours.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_why.py"/>
        <source>{share} of what you draw falls on Saturdays and Sundays.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/facts.py"/>
        <source>{span} old, {more}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_group.py"/>
        <source>{stated} of the {roster} on the list stated the day.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>{stated}; fewer than {need} are never opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>{these} and {those}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_words.py"/>
        <source>{these} or {those}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/receipt.py"/>
        <source>{time}, in a batch of its own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/ledger_histories.py"/>
        <source>{time}, state {hash}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/receipt.py"/>
        <source>{time}, with pages {a} to {b}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/market_why.py"/>
        <source>{unit} a kWh, over kWh in this quarter hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_words.py"/>
        <source>{unit} per day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_words.py"/>
        <source>{unit} per hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/pages/settings_sections.py"/>
        <source>{unit} per kWh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_words.py"/>
        <source>{unit} per month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/usage_words.py"/>
        <source>{unit} per quarter hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/tray.py"/>
        <source>{value} kW coming from the grid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/tray.py"/>
        <source>{value} kW going out to the grid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_words.py"/>
        <location filename="../../app/ohmstead/ui/presenters/usage_figures.py"/>
        <source>{value} less than usual</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_words.py"/>
        <location filename="../../app/ohmstead/ui/presenters/usage_figures.py"/>
        <source>{value} less than usual by now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_words.py"/>
        <location filename="../../app/ohmstead/ui/presenters/usage_figures.py"/>
        <source>{value} more than usual</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/home_words.py"/>
        <location filename="../../app/ohmstead/ui/presenters/usage_figures.py"/>
        <source>{value} more than usual by now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_time.py"/>
        <source>{weekday} {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_privacy.py"/>
        <source>{what}, encrypted: {n} bytes. No hour of any day.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_brief.py"/>
        <source>{when}: about the average of {homes}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_brief.py"/>
        <source>{when}: {n} % above the average of {homes}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/ohmstead/ui/presenters/neighbour_brief.py"/>
        <source>{when}: {n} % below the average of {homes}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
