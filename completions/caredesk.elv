
use builtin;
use str;

set edit:completion:arg-completer[caredesk] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'caredesk'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'caredesk'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand init 'Make a new database; you become its first admin'
            cand whoami 'Say who acts, and where'
            cand provider 'Organisations that deliver care'
            cand queue 'Named lists of referrals, with statuses of their own'
            cand referral 'Needs of clients'
            cand visit 'Planned calls of a referral'
            cand outsource 'Offer visits of a referral to several providers; the first to accept wins'
            cand package 'Offered packages and the answers to them'
            cand audit 'Who changed what, and when'
            cand completions 'Print the completions for a shell'
            cand man 'Write manual pages into a folder'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;init'= {
            cand --admin 'The login of the first admin [default: yours]'
            cand --time-zone 'The time zone of the hub''s calendar, such as Europe/London'
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --if-not-exists 'Leave a database that is there as it is'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;whoami'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;provider'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand create 'Make a provider, with its agency record'
            cand list 'List providers by name'
            cand show 'Show a provider with its resources, phones and addresses'
            cand edit 'Change what is given; `none` clears'
            cand activate 'Offer packages to it again'
            cand deactivate 'Offer it nothing new; everything stays in the history'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;provider;create'= {
            cand --email 'Where to write'
            cand --phone 'Where to call'
            cand --postal-code 'Its postal code'
            cand --url 'Its page on the web'
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --if-not-exists 'Leave a provider of this name as it is'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;provider;list'= {
            cand --name 'Only names that begin so'
            cand --limit 'At most so many [default on a terminal: 100]'
            cand --after 'Go on after this one'
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --active 'Only active ones'
            cand --inactive 'Only inactive ones'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;provider;show'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;provider;edit'= {
            cand --name 'Another name'
            cand --email 'Where to write'
            cand --phone 'Where to call'
            cand --postal-code 'Its postal code'
            cand --url 'Its page on the web'
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;provider;activate'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;provider;deactivate'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;provider;help'= {
            cand create 'Make a provider, with its agency record'
            cand list 'List providers by name'
            cand show 'Show a provider with its resources, phones and addresses'
            cand edit 'Change what is given; `none` clears'
            cand activate 'Offer packages to it again'
            cand deactivate 'Offer it nothing new; everything stays in the history'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;provider;help;create'= {
        }
        &'caredesk;provider;help;list'= {
        }
        &'caredesk;provider;help;show'= {
        }
        &'caredesk;provider;help;edit'= {
        }
        &'caredesk;provider;help;activate'= {
        }
        &'caredesk;provider;help;deactivate'= {
        }
        &'caredesk;provider;help;help'= {
        }
        &'caredesk;queue'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand create 'Make a queue'
            cand list 'List queues'
            cand show 'Show a queue and its statuses'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;queue;create'= {
            cand --status 'A status, in order; the first is where referrals arrive'
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --if-not-exists 'Leave a queue of this name as it is'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;queue;list'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;queue;show'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;queue;help'= {
            cand create 'Make a queue'
            cand list 'List queues'
            cand show 'Show a queue and its statuses'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;queue;help;create'= {
        }
        &'caredesk;queue;help;list'= {
        }
        &'caredesk;queue;help;show'= {
        }
        &'caredesk;queue;help;help'= {
        }
        &'caredesk;referral'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand create 'Put a client into a queue'
            cand list 'List referrals, the newest first'
            cand show 'Show a referral'
            cand set-status 'Move a referral to another status of its queue'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;referral;create'= {
            cand --queue 'Which queue: its name or the beginning of it'
            cand --client 'The client: a code, an id or a name, or the beginning of one'
            cand --note 'Whatever else should be known'
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;referral;list'= {
            cand --queue 'Only in this queue'
            cand --status 'Only in a status of this name'
            cand --client 'Only of this client'
            cand --limit 'At most so many [default on a terminal: 100]'
            cand --after 'Go on after this one'
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --open 'Only in open statuses'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;referral;show'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;referral;set-status'= {
            cand --from 'Only if it is in this status now'
            cand --note 'Replaces the note'
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;referral;help'= {
            cand create 'Put a client into a queue'
            cand list 'List referrals, the newest first'
            cand show 'Show a referral'
            cand set-status 'Move a referral to another status of its queue'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;referral;help;create'= {
        }
        &'caredesk;referral;help;list'= {
        }
        &'caredesk;referral;help;show'= {
        }
        &'caredesk;referral;help;set-status'= {
        }
        &'caredesk;referral;help;help'= {
        }
        &'caredesk;visit'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand add 'Plan a visit, or the same visit every week'
            cand edit 'Change when a visit is or how long it lasts'
            cand cancel 'Cancel visits; they stay in the history'
            cand list 'List the visits of a referral by time'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;visit;add'= {
            cand --start '"2026-12-01 09:00", "tomorrow 9:30", "monday 18:00"'
            cand --duration 'Minutes, or 45m, 1h, 1h30'
            cand --weekly 'Repeat on these days: mon,wed,fri, daily, weekdays, weekends'
            cand --until 'The last day of the repetition'
            cand --note 'Whatever else should be known'
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;visit;edit'= {
            cand --start 'When it is to be: "2026-12-01 09:00", "tomorrow 9:30", "monday 18:00"'
            cand --duration 'Minutes, or 45m, 1h, 1h30'
            cand --note '`none` clears it'
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;visit;cancel'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;visit;list'= {
            cand --from 'Only from this day on'
            cand --to 'Only up to this day'
            cand --limit 'At most so many [default on a terminal: 100]'
            cand --after 'Go on after this one'
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --planned 'Leave cancelled visits out'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;visit;help'= {
            cand add 'Plan a visit, or the same visit every week'
            cand edit 'Change when a visit is or how long it lasts'
            cand cancel 'Cancel visits; they stay in the history'
            cand list 'List the visits of a referral by time'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;visit;help;add'= {
        }
        &'caredesk;visit;help;edit'= {
        }
        &'caredesk;visit;help;cancel'= {
        }
        &'caredesk;visit;help;list'= {
        }
        &'caredesk;visit;help;help'= {
        }
        &'caredesk;outsource'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand create 'Offer visits of a referral to providers as one package'
            cand add-provider 'Ask more providers'
            cand remove-provider 'Take providers out again; their answers stay in the history'
            cand delete 'Recall a package: it vanishes from the providers'' lists and its visits are free again'
            cand resend 'Recall a package and send its visits, as they are now, to the same providers'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;outsource;create'= {
            cand --visit 'A visit of the referral; asked for on a terminal'
            cand --provider 'A provider to ask; asked for on a terminal'
            cand --reference 'What to call the package [default: its code]'
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --all-visits 'Every planned visit that is in no package yet'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;outsource;add-provider'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;outsource;remove-provider'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;outsource;delete'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;outsource;resend'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;outsource;help'= {
            cand create 'Offer visits of a referral to providers as one package'
            cand add-provider 'Ask more providers'
            cand remove-provider 'Take providers out again; their answers stay in the history'
            cand delete 'Recall a package: it vanishes from the providers'' lists and its visits are free again'
            cand resend 'Recall a package and send its visits, as they are now, to the same providers'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;outsource;help;create'= {
        }
        &'caredesk;outsource;help;add-provider'= {
        }
        &'caredesk;outsource;help;remove-provider'= {
        }
        &'caredesk;outsource;help;delete'= {
        }
        &'caredesk;outsource;help;resend'= {
        }
        &'caredesk;outsource;help;help'= {
        }
        &'caredesk;package'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand list 'List packages, the newest first'
            cand show 'Show a package with its visits and the answers to it'
            cand respond 'Accept or reject a package for a provider; the first to accept wins, and an answer is final'
            cand rename 'Give a package another reference'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;package;list'= {
            cand --status 'Only in this status; recalled ones are listed only so'
            cand --provider 'Only those offered to this provider'
            cand --referral 'Only of this referral'
            cand --limit 'At most so many [default on a terminal: 100]'
            cand --after 'Go on after this one'
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;package;show'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;package;respond'= {
            cand --provider 'Who answers: its code or name, or the beginning of either'
            cand --reason 'Why not'
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --accept 'Take the whole package'
            cand --reject 'Decline the whole package'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;package;rename'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;package;help'= {
            cand list 'List packages, the newest first'
            cand show 'Show a package with its visits and the answers to it'
            cand respond 'Accept or reject a package for a provider; the first to accept wins, and an answer is final'
            cand rename 'Give a package another reference'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;package;help;list'= {
        }
        &'caredesk;package;help;show'= {
        }
        &'caredesk;package;help;respond'= {
        }
        &'caredesk;package;help;rename'= {
        }
        &'caredesk;package;help;help'= {
        }
        &'caredesk;audit'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand list 'List changes, the newest first'
            cand verify 'Check that no entry was changed or taken out'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;audit;list'= {
            cand --on 'Only changes of this thing: its code, login or name'
            cand --by 'Only changes by this login, or in its name'
            cand --limit 'At most so many'
            cand --after 'Only entries before this number'
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;audit;verify'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;audit;help'= {
            cand list 'List changes, the newest first'
            cand verify 'Check that no entry was changed or taken out'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;audit;help;list'= {
        }
        &'caredesk;audit;help;verify'= {
        }
        &'caredesk;audit;help;help'= {
        }
        &'caredesk;completions'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;man'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;help'= {
            cand init 'Make a new database; you become its first admin'
            cand whoami 'Say who acts, and where'
            cand provider 'Organisations that deliver care'
            cand queue 'Named lists of referrals, with statuses of their own'
            cand referral 'Needs of clients'
            cand visit 'Planned calls of a referral'
            cand outsource 'Offer visits of a referral to several providers; the first to accept wins'
            cand package 'Offered packages and the answers to them'
            cand audit 'Who changed what, and when'
            cand completions 'Print the completions for a shell'
            cand man 'Write manual pages into a folder'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;help;init'= {
        }
        &'caredesk;help;whoami'= {
        }
        &'caredesk;help;provider'= {
            cand create 'Make a provider, with its agency record'
            cand list 'List providers by name'
            cand show 'Show a provider with its resources, phones and addresses'
            cand edit 'Change what is given; `none` clears'
            cand activate 'Offer packages to it again'
            cand deactivate 'Offer it nothing new; everything stays in the history'
        }
        &'caredesk;help;provider;create'= {
        }
        &'caredesk;help;provider;list'= {
        }
        &'caredesk;help;provider;show'= {
        }
        &'caredesk;help;provider;edit'= {
        }
        &'caredesk;help;provider;activate'= {
        }
        &'caredesk;help;provider;deactivate'= {
        }
        &'caredesk;help;queue'= {
            cand create 'Make a queue'
            cand list 'List queues'
            cand show 'Show a queue and its statuses'
        }
        &'caredesk;help;queue;create'= {
        }
        &'caredesk;help;queue;list'= {
        }
        &'caredesk;help;queue;show'= {
        }
        &'caredesk;help;referral'= {
            cand create 'Put a client into a queue'
            cand list 'List referrals, the newest first'
            cand show 'Show a referral'
            cand set-status 'Move a referral to another status of its queue'
        }
        &'caredesk;help;referral;create'= {
        }
        &'caredesk;help;referral;list'= {
        }
        &'caredesk;help;referral;show'= {
        }
        &'caredesk;help;referral;set-status'= {
        }
        &'caredesk;help;visit'= {
            cand add 'Plan a visit, or the same visit every week'
            cand edit 'Change when a visit is or how long it lasts'
            cand cancel 'Cancel visits; they stay in the history'
            cand list 'List the visits of a referral by time'
        }
        &'caredesk;help;visit;add'= {
        }
        &'caredesk;help;visit;edit'= {
        }
        &'caredesk;help;visit;cancel'= {
        }
        &'caredesk;help;visit;list'= {
        }
        &'caredesk;help;outsource'= {
            cand create 'Offer visits of a referral to providers as one package'
            cand add-provider 'Ask more providers'
            cand remove-provider 'Take providers out again; their answers stay in the history'
            cand delete 'Recall a package: it vanishes from the providers'' lists and its visits are free again'
            cand resend 'Recall a package and send its visits, as they are now, to the same providers'
        }
        &'caredesk;help;outsource;create'= {
        }
        &'caredesk;help;outsource;add-provider'= {
        }
        &'caredesk;help;outsource;remove-provider'= {
        }
        &'caredesk;help;outsource;delete'= {
        }
        &'caredesk;help;outsource;resend'= {
        }
        &'caredesk;help;package'= {
            cand list 'List packages, the newest first'
            cand show 'Show a package with its visits and the answers to it'
            cand respond 'Accept or reject a package for a provider; the first to accept wins, and an answer is final'
            cand rename 'Give a package another reference'
        }
        &'caredesk;help;package;list'= {
        }
        &'caredesk;help;package;show'= {
        }
        &'caredesk;help;package;respond'= {
        }
        &'caredesk;help;package;rename'= {
        }
        &'caredesk;help;audit'= {
            cand list 'List changes, the newest first'
            cand verify 'Check that no entry was changed or taken out'
        }
        &'caredesk;help;audit;list'= {
        }
        &'caredesk;help;audit;verify'= {
        }
        &'caredesk;help;completions'= {
        }
        &'caredesk;help;man'= {
        }
        &'caredesk;help;help'= {
        }
    ]
    $completions[$command]
}
