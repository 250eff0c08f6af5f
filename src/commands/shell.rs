//! `shell`: commands as a person enters them, one after the other on one connection.

use crate::commands::prelude::*;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk shell
  $ caredesk -o json shell --stop
  $ caredesk --db /srv/hub.db --as rosa shell --restricted

Each line is a command, with or without `caredesk` before it, and one by itself: quotation marks, backslashes and comments (#) \
count as in a shell, nothing is expanded, and what is open goes on in the next line. Tab completes, the arrows and Ctrl-R bring back \
earlier lines, Ctrl-C drops a line or ends the command that runs, and `exit` or Ctrl-D ends. `help package respond` shows what a \
command does. The global options of the shell are those of each line.

Without a terminal the lines of standard input are run, and the exit status is that of the first that failed.

--restricted is for others whom you let in: portal accounts alone, with the commands of the provider portal, and nothing in it names a file, \
a database or another account. The settings are those of its own line. As the command that OpenSSH forces on a key it runs the one line that the \
client sends, or asks for lines.")]
pub(crate) struct Shell {
    /// Nothing but the provider portal, for an account that comes from outside
    #[arg(long)]
    pub(crate) restricted: bool,
    /// End with the first command that fails
    #[arg(long)]
    pub(crate) stop: bool,
    /// Keep no line for later shells; one that begins with a space is never kept
    #[arg(long)]
    pub(crate) no_history: bool,
}
