# A Redmine of one test: Debian's program, a database and files of its own below FOLDER, on a port of 127.0.0.1 that the system chooses.
# ruby redmine.rb FOLDER PARENT, where PARENT is the process to end with. Writes "PORT KEY" to FOLDER/ready when it answers.
# FOLDER/formatting, when it is there, names the formatting of texts: textile, markdown or common_mark.
# FOLDER/die, when it holds a number N, makes the process end right behind the N-th issue that is made from now on, before it is answered.
require 'fileutils'
require 'securerandom'

folder, parent = ARGV
source = '/usr/share/redmine'
config = File.join(folder, 'config')
is_new = !File.exist?(File.join(config, 'database.yml'))
%w[config log tmp files public].each { |name| FileUtils.mkdir_p(File.join(folder, name)) }
database = File.join(folder, 'redmine.sqlite3')
File.write(File.join(config, 'database.yml'), "production:\n  adapter: sqlite3\n  database: #{database}\n  timeout: 20000\n")
File.write(File.join(config, 'secret_key.txt'), SecureRandom.hex(64)) if is_new
# Debian's list of gems leaves the database out where this user may not read its settings.
File.write(File.join(folder, 'Gemfile'), "eval_gemfile '#{source}/Gemfile'\ngem 'sqlite3', '~> 1.4.0'\ngem 'puma'\n")

ENV['RAILS_ENV'] = 'production'
ENV['BUNDLE_GEMFILE'] = File.join(folder, 'Gemfile')
ENV['REDMINE_INSTANCE'] = File.join('../../../..', folder) # up to the root, from /usr/share/redmine/instances and from where that leads
Dir.chdir(source)
require File.join(source, 'config', 'environment')
require 'puma'

if is_new
  ActiveRecord::Migration.verbose = false
  ActiveRecord::Base.connection.migration_context.migrate
  ActiveRecord::Base.descendants.each(&:reset_column_information)
  Redmine::DefaultData::Loader.load('en')
  Setting.rest_api_enabled = '1'
  Setting.text_formatting = 'textile'
  Setting.default_language = 'en'
  User.find_by_login('admin').update_columns(must_change_passwd: false)
  project = Project.create!(name: 'Identity', identifier: 'iam', is_public: true, trackers: Tracker.all)
  project.enable_module!('issue_tracking')
end
key = User.find_by_login('admin').api_key

# Does what its files say; ends the process as a failing machine does: what was asked for is done, and nobody is told.
class Ordered
  def initialize(app, folder)
    @app = app
    @order = File.join(folder, 'die')
    @formatting = File.join(folder, 'formatting')
    @made = 0
  end

  def call(env)
    Setting.text_formatting = File.read(@formatting).strip if File.exist?(@formatting)
    answer = @app.call(env)
    if env['REQUEST_METHOD'] == 'POST' && env['PATH_INFO'] == '/issues.json' && File.exist?(@order)
      @made += 1
      Process.exit!(1) if @made >= File.read(@order).to_i
    end
    answer
  end
end

server = Puma::Server.new(Ordered.new(Rails.application, folder))
known = File.join(folder, 'port') # the same one again when it comes back
port = server.add_tcp_listener('127.0.0.1', File.exist?(known) ? File.read(known).to_i : 0).addr[1]
File.write(known, port.to_s)
running = server.run
File.write(File.join(folder, 'ready.new'), "#{port} #{key}\n")
File.rename(File.join(folder, 'ready.new'), File.join(folder, 'ready'))
ends = Process.clock_gettime(Process::CLOCK_MONOTONIC) + 1200
Thread.new do
  sleep 0.5 while Process.ppid == parent.to_i && Process.clock_gettime(Process::CLOCK_MONOTONIC) < ends
  Process.exit!(0)
end
running.join
