//! Ctrl-C, and a request to end, at any moment: exit status 130, a word about the change, and nothing left behind.

use super::environment;
use crate::db::{self, Committed};
use crate::error::{Error, Kind};
use crate::file;
use crate::output::{self, ask, terminal};

/// From now on. Where such a signal is ignored, as under `nohup`, or handled already, all stays as it is.
pub(super) fn watch(as_json: bool) {
    let _ = ctrlc::try_set_handler(move || {
        let word = match db::stop() {
            Committed::Nothing => "interrupted; nothing was changed",
            Committed::Something => "interrupted; what was done before stays",
            Committed::Unknown => "interrupted while the change was being committed; look whether it was",
        };
        file::remove_unfinished();
        ask::clear_drawing();
        let error = Error::new(Kind::Interrupted, "interrupted", word);
        output::failure(
            &error,
            as_json,
            environment::colour(environment::Colour::Auto, terminal::err_is_one()),
            false,
        );
        #[expect(
            clippy::exit,
            reason = "the handler runs beside the work, and ending the process is what rolls it back"
        )]
        std::process::exit(Kind::Interrupted.exit_status().into());
    });
}
