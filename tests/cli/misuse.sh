# tests/cli/misuse.sh - misuse ends with exit status 2 and a hint, on standard error.
. tests/cli/lib.sh

it_names_the_command_that_was_meant() {
  misuse "no command 'imprt'" imprt
  complains "did you mean 'import'?"
  misuse "no command 'xyzzy'" xyzzy
  complains 'dateline --help lists the commands'
  misuse "no command 'rnu'" help rnu
}

it_names_the_option_that_was_meant() {
  misuse "no option '--ass-of'" eval 1 --ass-of 2024-01-01
  complains "did you mean '--as-of'?"
  misuse "no option '--xyzzy'" sql 'select 1' --xyzzy
  complains '--help lists the options'
  misuse "no option '-to'" eval 1 -to json
  complains "did you mean '--to'?"
}

it_wants_options_behind_the_command() {
  misuse "no option '--to' before a command" --to json eval 1
}

it_sees_a_forgotten_value() {
  misuse '--to needs a value' eval 1 --to
  misuse '--db needs a value' eval 1 --db --debug
  complains 'a value that starts with'
  misuse '-o needs a value' run latest-developments -o
}

it_refuses_a_value_for_a_flag() {
  misuse '--dry-run takes no value' import x.csv --dry-run=yes
}

it_says_which_choices_there_are() {
  misuse "--to: 'xml' is not understood" eval 1 --to xml
  complains 'expected: text or json'
  misuse "--to: 'tabel' is not understood" sql 'select 1' --to tabel
  complains "did you mean 'table'?"
  misuse "no format 'htm'" run latest-developments --to htm
  complains "did you mean 'html'?"
}

it_checks_dates_sizes_times_and_counts() {
  misuse "--as-of: '18/10/2024' is not understood" eval 1 --as-of 18/10/2024
  complains 'a date such as 2024-10-18'
  misuse "--as-of: '2024-02-30' is not understood" eval 1 --as-of=2024-02-30
  misuse "--memory-limit: '0' is not understood" eval 1 --memory-limit 0
  misuse "--memory-limit: '64X' is not understood" eval 1 --memory-limit 64X
  misuse "--memory-limit: '99999999999G' is not understood" eval 1 --memory-limit 99999999999G
  misuse "--time-limit: '10' is not understood" eval 1 --time-limit 10
  complains '500ms, 10s or 2m'
  misuse "--instruction-limit: '-1' is not understood" eval 1 --instruction-limit -1
  misuse "--each: 'date=2024-01-01' is not understood" run latest-developments --each date=2024-01-01
  misuse '--each: the first date is after the last' \
    run latest-developments --each date=2024-01-02..2024-01-01
  misuse "--db: '' is not understood" eval 1 --db ''
}

it_counts_operands() {
  misuse 'REPORT is missing' run
  misuse 'FILE is missing' import --dry-run
  misuse 'EXPR is missing' eval
  misuse "'2' is one argument too many" eval 1 2
  complains 'put it in quotes'
  misuse "'x' is one argument too many" doctor x
}

it_names_the_report_that_was_meant() {
  misuse "no report 'latest-developmnets'" run latest-developmnets
  complains "did you mean 'latest-developments'?"
  misuse "no report 'xyzzy'" run xyzzy
  misuse "no report 'reports/none.lua'" run reports/none.lua
  mkdir reports
  echo 'return {}' >reports/mine.lua
  misuse "no report 'mien'" run mien
  complains "did you mean 'mine'?"
  misuse "no report 'reports/mine'" run reports/mine
  complains "did you mean 'reports/mine.lua'?"
}

it_names_the_parameter_style_and_dataset_that_were_meant() {
  misuse 'dat' run latest-developments --dat 2024-10-18
  complains "did you mean '--date'?"
  misuse 'stlye' run latest-developments --stlye pa
  complains "did you mean '--style'?"
  misuse 'percent_wrd' run latest-developments --style percent_wrd
  complains 'percent_word'
  misuse "small-boat-daily" releases small-boat-daily
  complains 'small-boats-daily'
  touch x.csv
  misuse "no dataset 'small-boat-daily'" import x.csv --dataset small-boat-daily
  complains "did you mean 'small-boats-daily'?"
}

it_refuses_a_parameter_given_twice() {
  misuse '--date is given twice' run latest-developments --date 2024-10-18 --date 2024-10-19
  misuse '--date is given twice' \
    run latest-developments --date 2024-10-18 --each date=2024-10-18..2024-10-19
}

it_takes_what_stands_behind_two_dashes_as_operands() {
  dateline eval -- '-1'
  exits 0
  says -1
  dateline eval -1
  exits 0
  misuse "no report '--help'" run -- --help
}

it_tells_programs_in_json() {
  dateline imprt --diagnostics=json
  exits 2
  says_nothing
  cp err out
  query '.severity' error
  query '.code' usage
  query '.hint' "did you mean 'import'?"
  dateline --diagnostics json imprt
  cp err out
  query '.code' usage
  misuse "--diagnostics: 'xml' is not understood" eval 1 --diagnostics xml
}

it_shows_control_codes_as_escapes() {
  misuse 'no command '"'"'\x1b[31mred'"'" $'\e[31mred'
}

run_cases "$@"
