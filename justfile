# The things one does. Each line works without `just` as well.

# List them.
default:
    @just --list

# Run the tests, on both engines; FILTER is a part of their names.
test *FILTER:
    cargo test --locked {{FILTER}}

# Hold the code to its layout and lints.
lint:
    cargo fmt --check
    cargo clippy --quiet --all-targets --locked -- -D warnings

# Write the transcripts, the help and the completions anew: read the difference before you commit it.
transcripts *FILTER:
    UPDATE_EXPECT=1 cargo test --locked --test cli {{FILTER}}

# Import files that were damaged at random, for so many minutes: none may break the program.
mutate MINUTES='20' FIRST='0':
    CAREDESK_MUTATION_MINUTES={{MINUTES}} CAREDESK_MUTATION_FIRST={{FIRST}} cargo test --locked --test cli readers::mutation -- --nocapture

# Fuzz all that reads by its coverage, for so many minutes, or one target of it; `fuzz/run sums` adds up what was done so far.
fuzz MINUTES='30' *TARGET:
    fuzz/run {{MINUTES}} {{TARGET}}

# End processes, fail files and cut connections wherever it may happen: no change may be half done, lost or made twice.
torture PLACES='1000':
    CAREDESK_TORTURE={{PLACES}} CAREDESK_TEST_CUTS={{PLACES}} cargo test --locked --test cli -- --nocapture torture commit

# Have many processes do everything at once, on each engine for so many seconds, and print the figures; in CAREDESK_TEST_PROGRAM an
# optimised program may stand.
load SECONDS='600' WORKERS='64':
    CAREDESK_TEST_LOAD={{SECONDS}} CAREDESK_TEST_LOAD_WORKERS={{WORKERS}} cargo test --locked --test cli -- --nocapture --test-threads=1 torture::load

# Kill, or stop for a while, the server that takes changes so many times under load, of three that Patroni looks after; work through
# pgbouncer; go back to a point in time with pgBackRest. It needs Debian's packages patroni, etcd-server, pgbouncer and pgbackrest.
cluster NUMBER='20':
    CAREDESK_TEST_CLUSTER={{NUMBER}} cargo test --locked --test cli -- --nocapture --test-threads=1 cluster::

# Go on with the long runs where the ledger ends, each for so many minutes: every change killed, a hostile portal account, random commands.
# Prints the sums; what was found is a transcript beside the ledger. In CAREDESK_TEST_PROGRAM an optimised program may stand,
# built with `--config 'profile.release.package.caredesk.debug-assertions=true'`: it takes the clock and the seeds of tests.
long MINUTES='10' FILTER='long::':
    CAREDESK_TEST_LEDGER="${CAREDESK_TEST_LEDGER:-$PWD/target/long.jsonl}" CAREDESK_TEST_MINUTES={{MINUTES}} cargo test --locked --test cli -- --nocapture --test-threads=1 {{FILTER}}

# Take back so many random histories on each engine, from the newest on and in any order.
undos NUMBER='40':
    CAREDESK_TEST_UNDOS={{NUMBER}} cargo test --locked --test cli -- --nocapture undo::random

# Play so many random histories on each engine: each portal account has to see exactly what the rules say.
histories NUMBER='100':
    CAREDESK_TEST_HISTORIES={{NUMBER}} cargo test --locked --test cli -- --nocapture portal_model

# Walk what explanations of sharing propose in all situations, not only in each combination of two parts.
proposals:
    CAREDESK_TEST_PROPOSALS=all cargo test --locked --test cli -- --nocapture proposals::

# Measure against the sqlite3 shell; NAME is one of respond, list, referral, find, import, accounts, memory, batch, sharing, people, desk.
bench *NAME:
    cargo bench --locked -- {{NAME}}

# Freeze what the program of a new schema makes of a town, for later ones to upgrade; right after its release, once.
freeze:
    cargo build --locked --quiet
    packaging/freeze

# Make all that a release consists of, in target/release-files.
release:
    packaging/release

# Install, use and remove what `just release` has made; as root, in a root of its own.
packages:
    CAREDESK_PACKAGES="$PWD/target/release-files" CAREDESK_REQUIRE_PACKAGES=1 cargo test --locked --test packages -- --nocapture

# Show the program at work in an invented town, without touching anything of yours.
demo:
    cargo run --locked --quiet -- demo
