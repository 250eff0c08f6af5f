//! `--svg` and `--html`: a report as a picture and as a page.

use std::process::{Command, Stdio};

use expect_test::expect;

use super::busy;
use crate::contact_pdf::{dense, text_of};
use crate::world::{Engine, World, aloud};

/// Names as no page should have to bear them.
fn filled(world: &World) {
    busy(world);
    world.ok("hub edit --name 'Hub <North> & Co'");
    world.ok("provider edit acme --name 'Acme Care <b>and</b> Nursing of the Northern Districts & Islands'");
}

both_engines!(a_report_is_a_picture_and_a_page, |world| {
    filled(world);
    world.story(expect![[r##"
        $ caredesk report providers --html page.html --svg picture.svg --columns group_name,offered
        GROUP                                                             OFFERED
        Acme Care <b>and</b> Nursing of the Northern Districts & Islands        4
        Birch Homecare                                                          4
        Cedar Nursing                                                           2
        2> note: wrote picture.svg
        2> note: wrote page.html
        $ caredesk report capacity --html capacity.html
        2> note: wrote capacity.html
        2> note: no resource takes referrals of a queue
        $ caredesk report referrals --svg -
        <svg xmlns="http://www.w3.org/2000/svg" width="653" height="90" viewBox="0 0 653 90" role="img" style="font: 12px &apos;DejaVu Sans Mono&apos;, &apos;Liberation Mono&apos;, Menlo, Consolas, monospace">
         <title>Referrals</title>
         <rect width="100%" height="100%" fill="#ffffff"/>
         <text x="12" y="26" font-weight="bold" xml:space="preserve">Home care: 2 open</text>
         <text x="12" y="50" font-weight="normal" xml:space="preserve">New · not assigned</text>
         <rect x="12" y="54" width="360" height="14" fill="#1f5f8b" stroke="#1f5f8b"/>
         <text x="378" y="65" font-weight="normal" xml:space="preserve">2, oldest 10 days, median 10 days</text>
        </svg>
        $ caredesk report providers --svg - --html -
        2> error: only one of `--svg` and `--html` can go to standard output
        [exit 2]
        $ caredesk report sharing --html nowhere/page.html
        2> error: `nowhere/page.html` cannot be written: its folder does not exist
        [exit 8]
    "##]]);
    let page = world.read("page.html");
    assert!(page.contains("Hub &lt;North&gt; &amp; Co") && !page.contains("<script"), "{page}");
    // What the figures count is said alike on the page and in the book.
    let book = include_str!("../../../docs/reports.md");
    let notes: Vec<&str> =
        page.lines().filter_map(|line| line.trim().strip_prefix("<li>")?.strip_suffix("</li>")).collect();
    assert!(notes.len() > 3, "{page}");
    for note in notes {
        assert!(book.contains(&format!("- {note}\n")), "{note}");
    }
    // Rule 6.5.
    world.at("2026-12-20T12:00:00Z");
    world.ok("report providers --html then.html --at '2026-12-19 18:00'");
    let foot =
        "As it stood on 19 December 2026 at 18:00. Printed by admin on 20 December 2026 at 12:00 (UTC).";
    assert!(world.read("then.html").contains(foot), "{}", world.read("then.html"));
});

/// A browser, if there is one: the page is for it.
fn browser() -> Option<&'static str> {
    let found = ["chromium", "chromium-browser", "google-chrome"].into_iter().find(|name| {
        Command::new(name).arg("--version").output().is_ok_and(|answer| answer.status.success())
    });
    if found.is_none() {
        aloud("SKIPPED: there is no Chromium to look at the page of a report (apt-get install chromium)");
    }
    found
}

/// What a browser makes of a page: `what` is how it is asked.
fn browse(world: &World, browser: &str, what: &[&str], page: &str) -> String {
    let home = format!("--user-data-dir={}", world.path("browser").display());
    let page = format!("file://{}", world.path(page).display());
    let plain = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", &home];
    let answer = Command::new(browser)
        .args(plain)
        .args(what)
        .arg(page)
        .stdin(Stdio::null())
        .output()
        .expect("the browser starts");
    assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
    String::from_utf8(answer.stdout).expect("text")
}

#[test]
fn a_browser_shows_the_page_and_prints_it() {
    let Some(browser) = browser() else { return };
    let world = World::new(Engine::Sqlite);
    filled(&world);
    world.ok("report providers --html page.html");
    let shown = browse(&world, browser, &["--dump-dom"], "page.html");
    let text = |name: &str| shown.matches(name).count();
    // As the browser understands it: names as they are, and each bar and each cell in its place.
    assert!(shown.contains("<td class=\"text\">") || shown.contains("<th scope=\"row\">"), "{shown}");
    assert!(
        shown.contains("Acme Care &lt;b&gt;and&lt;/b&gt; Nursing of the Northern Districts &amp; Islands"),
        "{shown}"
    );
    assert_eq!((text("<b>"), text("<script"), text("<tbody>"), text("<svg ")), (0, 0, 1, 1), "{shown}");
    assert_eq!(text("<tr>"), 5, "heads, three providers and the total: {shown}");
    let print = |page: &str, wanted: &[&str]| {
        let pdf = format!("--print-to-pdf={}", world.path("page.pdf").display());
        browse(&world, browser, &[&pdf, "--no-pdf-header-footer"], page);
        let Some(printed) = text_of(&world.path("page.pdf")) else { return };
        for line in wanted {
            assert!(dense(&printed).contains(&dense(line)), "{line}: {printed}");
        }
    };
    // The last column and the last row are on the paper too.
    print(
        "page.html",
        &["Offers by provider", "Birch Homecare", "Hub <North> & Co", "waiting", "closed", "Median:"],
    );
    world.ok("report hub --from 2025-01 --html hub.html");
    print("hub.html", &["2025-01", "2026-12", "median time to answer", "handed back", "period 10 6 3 h 1 1"]);
}
